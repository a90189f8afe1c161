"""Evidence (留痕): who did what with whose data, for which purpose. These promises came before the code.

1. **No acknowledgement without durability.** A Receipt exists only after the entry is on disk (SQLite: WAL with
   synchronous=FULL; PostgreSQL: synchronous_commit=on). kill -9 and power loss lose no acknowledged entry.
2. **Refuse rather than forget.** If an entry can't be written (disk full, locked, closed, too many waiting), every
   caller concerned gets ``Unavailable`` with EVIDENCE_UNAVAILABLE and must release nothing. The log may hold an entry
   whose caller was refused (a commit whose answer was lost), never the other way round.
3. **Once.** An entry is identified by its id. Appending it again, by a retry or from the outbox, gives the first
   receipt; another content under the same id is refused.
4. **In order, without gaps.** Positions count from 0 and are given inside the transaction, across processes.
5. **Tampering shows.** Each entry stores its leaf hash SHA-256(0x00 ‖ canonical bytes) (RFC 6962 §2.1) and the chain
   head SHA-256(head before ‖ leaf hash), starting from 32 zero bytes. ``verify`` finds any changed, dropped or
   reordered entry. Who can rewrite the whole store can recompute the whole chain; that is found only against a
   receipt kept elsewhere, and by the signed checkpoints that come later over the same leaves.
6. **Nothing personal.** An entry has codes, hashes and pseudonyms, no names, no values, no free text. The reason of a
   purpose stands as a keyed digest. Errors and logs of this package name kinds of trouble only.
7. **The format is final.** Format 1 stays readable; kinds are only ever added. An entry is at most 65,535 bytes, so
   that it fits the entry bundles of C2SP tlog-tiles unchanged.
8. **Derived is derived.** The index by subject is made after the append from the entries and can be made anew.
"""

from kehu.evidence.entry import (
    Activity,
    Actor,
    Effect,
    Entry,
    FieldUse,
    Kind,
    Operation,
    Outcome,
    Purpose,
    leaf_hash,
    new_salt,
)
from kehu.evidence.log import EvidenceLog
from kehu.evidence.stored import Filter, Head, Receipt, Stored
from kehu.evidence.verify import Broken, Unverifiable, Valid, Verdict, verify

__all__ = [
    "Activity",
    "Actor",
    "Broken",
    "Effect",
    "Entry",
    "EvidenceLog",
    "FieldUse",
    "Filter",
    "Head",
    "Kind",
    "Operation",
    "Outcome",
    "Purpose",
    "Receipt",
    "Stored",
    "Unverifiable",
    "Valid",
    "Verdict",
    "leaf_hash",
    "new_salt",
    "verify",
]
