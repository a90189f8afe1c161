"""Cryptography: key ring, sealed values, data keys, blind index, sealed cursors, pseudonyms.

Every stored or handed-out format is versioned and pinned by vectors in tests/crypto. Checks raise; none returns bool.
"""

from kehu.crypto.blind import BlindIndex
from kehu.crypto.canonical import canonical_json
from kehu.crypto.cursor import CursorBox
from kehu.crypto.datakeys import DataKey, KeyCache, KeyScope, kek_version_of, unwrap, wrap
from kehu.crypto.ids import uuid7
from kehu.crypto.keyring import Family, KeyRing, TokenKey
from kehu.crypto.pseudonym import Pseudonyms
from kehu.crypto.sealed import Binding, DataKeyLookup, key_id_of, open_row, open_sealed, place_of, seal

__all__ = [
    "Binding",
    "BlindIndex",
    "CursorBox",
    "DataKey",
    "DataKeyLookup",
    "Family",
    "KeyCache",
    "KeyRing",
    "KeyScope",
    "Pseudonyms",
    "TokenKey",
    "canonical_json",
    "kek_version_of",
    "key_id_of",
    "open_row",
    "open_sealed",
    "place_of",
    "seal",
    "unwrap",
    "uuid7",
    "wrap",
]
