//! The grammar of Snowball, as far as its stemming algorithms use it.
//!
//! Source: "Snowball Manual", <https://snowballstem.org/compiler/snowman.html>.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::token::{Token, tokens};

/// A source as a syntax tree: its groupings, the tables of its `among`s, and its routines. None if it is not well-formed.
pub(super) fn program(source: &str) -> Option<Value> {
    let mut parser = Parser { tokens: tokens(source)?, ..Parser::default() };
    parser.tokens.reverse();
    parser.definitions()?;
    parser.tokens.is_empty().then(|| {
        json!({ "groupings": parser.groupings, "tables": parser.tables, "routines": parser.routines })
    })
}

/// What a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Integer,
    Boolean,
    Text,
    Routine,
    Grouping,
}

#[derive(Default)]
struct Parser {
    /// Those to come, the next one last.
    tokens: Vec<Token>,
    kinds: BTreeMap<String, Kind>,
    groupings: BTreeMap<String, String>,
    routines: BTreeMap<String, Value>,
    /// For each `among` its cases: texts, or a text and the routine that decides whether it counts.
    tables: Vec<Vec<Vec<Value>>>,
    /// The table of a `substring` whose `among` is yet to come.
    open: Option<usize>,
}

impl Parser {
    fn name(&mut self) -> Option<String> {
        match self.tokens.pop()? {
            Token::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Whether a symbol is next; takes it if so.
    fn takes(&mut self, symbol: &'static str) -> bool {
        self.tokens.pop_if(|token| *token == Token::Symbol(symbol)).is_some()
    }

    /// Takes a symbol, which must be next.
    fn expect(&mut self, symbol: &'static str) -> Option<()> {
        self.takes(symbol).then_some(())
    }

    /// Takes a text, if it is next.
    fn text(&mut self) -> Option<String> {
        match self.tokens.pop_if(|token| matches!(token, Token::Text(_)))? {
            Token::Text(text) => Some(text),
            _ => None,
        }
    }

    fn definitions(&mut self) -> Option<()> {
        while let Some(Token::Name(keyword)) = self.tokens.last().cloned() {
            self.tokens.pop();
            match keyword.as_str() {
                "integers" => self.declare(Kind::Integer)?,
                "booleans" => self.declare(Kind::Boolean)?,
                "strings" => self.declare(Kind::Text)?,
                "routines" | "externals" => self.declare(Kind::Routine)?,
                "groupings" => self.declare(Kind::Grouping)?,
                "backwardmode" => {
                    self.expect("(")?;
                    self.definitions()?;
                    self.expect(")")?;
                }
                "define" => self.define()?,
                _ => return None,
            }
        }
        Some(())
    }

    fn declare(&mut self, kind: Kind) -> Option<()> {
        self.expect("(")?;
        while !self.takes(")") {
            let name = self.name()?;
            self.kinds.insert(name, kind);
        }
        Some(())
    }

    fn define(&mut self) -> Option<()> {
        let name = self.name()?;
        if *self.kinds.get(&name)? == Kind::Grouping {
            let characters = self.grouping()?;
            self.groupings.insert(name, characters);
        } else {
            (self.name()? == "as").then_some(())?;
            let command = self.command()?;
            self.routines.insert(name, command);
        }
        Some(())
    }

    /// Characters of texts and groupings that are added and taken away.
    fn grouping(&mut self) -> Option<String> {
        let mut characters = self.characters()?;
        loop {
            if self.takes("+") {
                characters += &self.characters()?;
            } else if self.takes("-") {
                let without = self.characters()?;
                characters.retain(|c| !without.contains(c));
            } else {
                return Some(characters);
            }
        }
    }

    fn characters(&mut self) -> Option<String> {
        if let Some(text) = self.text() {
            return Some(text);
        }
        let name = self.name()?;
        self.groupings.get(&name).cloned()
    }

    /// Commands up to a closing bracket, each of which may join several by `and` or `or`.
    fn commands(&mut self) -> Option<Value> {
        let mut all = vec![json!("all")];
        while !self.takes(")") {
            let mut command = self.command()?;
            while let Some(Token::Name(joint)) =
                self.tokens.pop_if(|t| matches!(t, Token::Name(n) if n == "and" || n == "or"))
            {
                let next = self.command()?;
                match &mut command {
                    Value::Array(parts) if parts[0] == joint.as_str() => parts.push(next),
                    _ => command = json!([joint, command, next]),
                }
            }
            all.push(command);
        }
        // A single command needs no frame.
        if all.len() == 2 { all.pop() } else { Some(Value::Array(all)) }
    }

    fn command(&mut self) -> Option<Value> {
        match self.tokens.pop()? {
            Token::Text(text) => Some(json!(text)),
            Token::Symbol("(") => self.commands(),
            Token::Symbol("$") => self.arithmetic(),
            Token::Symbol(symbol @ ("[" | "]")) => Some(json!([symbol])),
            Token::Symbol(symbol @ ("<-" | "<+")) => Some(json!([symbol, self.operand()?])),
            Token::Symbol("->") => Some(json!(["->", self.name()?])),
            Token::Name(name) => self.named(&name),
            _ => None,
        }
    }

    fn named(&mut self, name: &str) -> Option<Value> {
        match name {
            "do" | "try" | "test" | "not" | "goto" | "gopast" | "repeat" | "fail" | "backwards" => {
                Some(json!([name, self.command()?]))
            }
            "loop" | "atleast" => Some(json!([name, self.number()?, self.command()?])),
            "hop" | "tomark" | "atmark" => Some(json!([name, self.number()?])),
            "set" | "unset" | "setmark" => Some(json!([name, self.name()?])),
            "next" | "atlimit" | "tolimit" | "true" => Some(json!([name])),
            "delete" => Some(json!(["<-", ""])),
            "insert" => Some(json!(["<+", self.operand()?])),
            "setlimit" => {
                let limit = self.command()?;
                (self.name()? == "for").then_some(())?;
                Some(json!([name, limit, self.command()?]))
            }
            "non" => {
                self.takes("-");
                Some(json!(["out", self.name()?]))
            }
            "substring" => {
                let table = *self.open.insert(self.tables.len());
                self.tables.push(Vec::new());
                Some(json!([name, table]))
            }
            "among" => self.among(),
            _ => {
                let command = match self.kinds.get(name)? {
                    Kind::Routine => "call",
                    Kind::Grouping => "in",
                    Kind::Boolean => "is",
                    Kind::Text => "at",
                    Kind::Integer => return None,
                };
                Some(json!([command, name]))
            }
        }
    }

    /// A text, or the name of a variable that holds one.
    fn operand(&mut self) -> Option<Value> {
        match self.text() {
            Some(text) => Some(json!(text)),
            None => Some(json!(["value", self.name()?])),
        }
    }

    fn number(&mut self) -> Option<Value> {
        match self.tokens.pop()? {
            Token::Number(number) => Some(json!(number)),
            Token::Name(name) => Some(json!(name)),
            _ => None,
        }
    }

    /// `$name = number` or a comparison, which may be in brackets.
    fn arithmetic(&mut self) -> Option<Value> {
        let is_framed = self.takes("(");
        let left = self.number()?;
        let Token::Symbol(symbol) = self.tokens.pop()? else { return None };
        let right = self.number()?;
        if is_framed {
            self.expect(")")?;
        }
        Some(json!([symbol, left, right]))
    }

    /// Cases: texts, then a command in brackets for all since the command before. A command before all texts is for all cases.
    fn among(&mut self) -> Option<Value> {
        self.expect("(")?;
        let open = self.open.take();
        let table = open.unwrap_or_else(|| {
            self.tables.push(Vec::new());
            self.tables.len() - 1
        });
        let mut commands = vec![json!("case")];
        let mut texts = Vec::new();
        let first = if self.takes("(") { Some(self.commands()?) } else { None };
        while !self.takes(")") {
            if self.takes("(") {
                commands.push(self.commands()?);
                self.tables[table].push(std::mem::take(&mut texts));
                continue;
            }
            let text = self.text()?;
            let routine = self.tokens.pop_if(|token| matches!(token, Token::Name(_)));
            texts.push(match routine {
                Some(Token::Name(routine)) => json!([text, routine]),
                _ => json!(text),
            });
        }
        if !texts.is_empty() {
            self.tables[table].push(texts);
        }
        let mut all = vec![json!("all")];
        all.extend(open.is_none().then(|| json!(["substring", table])));
        all.extend(first);
        all.push(Value::Array(commands));
        Some(Value::Array(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_becomes_a_tree() {
        let source = "routines ( R1 ) externals ( stem ) integers ( p1 ) groupings ( v w )
            define v 'aeiou' define w v + 'y' - 'u'
            backwardmode ( define R1 as $p1 <= cursor )
            define stem as ( $p1 = 2 backwards ( do ( [substring] R1 among ( 's' 'es' (delete) 'ss' ) )
                try (non-v or 'x' and next) ) )";
        let among = json!([
            "all",
            ["["],
            ["substring", 0],
            ["]"],
            ["call", "R1"],
            ["all", ["case", ["<-", ""]]]
        ]);
        let try_ = json!(["try", ["and", ["or", ["out", "v"], "x"], ["next"]]]);
        let wanted = json!({
            "groupings": { "v": "aeiou", "w": "aeioy" },
            "tables": [[["s", "es"], ["ss"]]],
            "routines": {
                "R1": ["<=", "p1", "cursor"],
                "stem": ["all", ["=", "p1", 2], ["backwards", ["all", ["do", among], try_]]],
            },
        });
        assert_eq!(program(source), Some(wanted));
        assert_eq!(program("define"), None);
    }
}
