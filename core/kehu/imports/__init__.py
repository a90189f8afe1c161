"""Import (导入): spreadsheets as offices keep them, read, checked cell by cell, and brought in once."""
