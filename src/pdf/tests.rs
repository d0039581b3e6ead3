//! Small PDFs, written here, as programs of many kinds write them.
