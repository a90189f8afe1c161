"""Kehu (客户): a governed GraphQL backend for customer information under regulation."""

__version__ = "0.1.0"
