//! RTF → groups, words and bytes of text.

/// A part of an RTF file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// A control word or sign, and its number.
    Word(&'a [u8], Option<i32>),
    /// A byte of text, in the code page that holds.
    Byte(u8),
}

/// Reads tokens one after another.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes from here on fit.
    fn run(&self, fits: fn(&u8) -> bool) -> usize {
        self.bytes[self.at..].iter().take_while(|b| fits(b)).count()
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let start = self.at;
        let length = self.run(u8::is_ascii_alphabetic);
        if length == 0 {
            let sign = *self.bytes.get(self.at)?;
            self.at += 1;
            return Some(match sign {
                b'\'' => {
                    let digit = |k: usize| {
                        let byte = self.bytes.get(start + k).copied()?;
                        char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
                    };
                    let byte = digit(1).zip(digit(2)).map(|(high, low)| high << 4 | low);
                    self.at += if byte.is_some() { 2 } else { 0 };
                    Token::Byte(byte.unwrap_or(b'?'))
                }
                b'{' | b'}' | b'\\' => Token::Byte(sign),
                b'\n' | b'\r' => Token::Word(b"par", None),
                _ => Token::Word(&self.bytes[start..start + 1], None),
            });
        }
        self.at += length;
        let name = &self.bytes[start..start + length];
        let is_negative = self.bytes.get(self.at) == Some(&b'-')
            && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit);
        self.at += usize::from(is_negative);
        let digits = self.run(u8::is_ascii_digit);
        let text = &self.bytes[self.at..self.at + digits];
        let number = std::str::from_utf8(text).ok().and_then(|t| t.parse::<i32>().ok());
        self.at += digits;
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        let number = number.map(|n| if is_negative { -n } else { n });
        if name == b"bin" {
            // Bytes of a picture, which may look like anything.
            let length = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            self.at = self.at.saturating_add(length).min(self.bytes.len());
        }
        Some(Token::Word(name, number))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => return self.control(),
                b'\n' | b'\r' | 0 => continue,
                byte => Token::Byte(byte),
            });
        }
    }
}
