"""The frozen content as spreadsheet, CSV and JSON; the page and the PDF have rooms of their own."""
