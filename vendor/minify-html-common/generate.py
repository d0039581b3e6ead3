#!/usr/bin/env python3
"""Makes src/gen/entities.rs and src/gen/attrs.rs from the JSON files of the published crate: generate.py FOLDER."""
import json
import pathlib
import sys

source = pathlib.Path(sys.argv[1])
target = pathlib.Path(__file__).parent / "src" / "gen"
NONE = 0xFFFF


def quoted(data):
    return 'b"' + "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\x{b:02x}" for b in data) + '"'


def rows(name, kind, items, width=12):
    lines = [", ".join(items[i : i + width]) + "," for i in range(0, len(items), width)]
    return f"static {name}: &[{kind}] = &[\n    " + "\n    ".join(lines) + "\n];\n\n"


def entities():
    names = json.loads((source / "entities.json").read_text())
    values, trie = ["EntityType::Dec", "EntityType::Hex"], [({}, NONE)]

    def add(patterns, value):
        ends = [0]
        for characters in patterns:
            after = []
            for character in characters:
                for node in ends:
                    children = trie[node][0]
                    if character not in children:
                        children[character] = len(trie)
                        trie.append(({}, NONE))
                    after.append(children[character])
            ends = after
        for node in ends:
            trie[node] = (trie[node][0], value)

    digits = list(range(ord("0"), ord("9") + 1))
    letters = [c for pair in ("af", "AF") for c in range(ord(pair[0]), ord(pair[1]) + 1)]
    add([[ord("&")], [ord("#")], digits], 0)
    add([[ord("&")], [ord("#")], [ord("x")], digits + letters], 1)
    shorter, known = [], {}
    for name, entity in sorted(names.items()):
        characters = entity["characters"].encode()
        value = f"EntityType::Named({quoted(characters)})"
        if value not in known:
            known[value] = len(values)
            values.append(value)
        add([[c] for c in name.encode()], known[value])
        if len(name) < len(characters):
            shorter.append((quoted(name.encode()), quoted(characters)))
    nodes, edges = [], []
    for children, value in trie:
        nodes.append(f"({len(edges)}, {len(children)}, {value})")
        edges += [f"({byte}, {node})" for byte, node in sorted(children.items())]
    assert max(len(trie), len(edges), len(values)) < NONE
    text = "// Made by generate.py from entities.json.\nuse crate::pattern::Trie;\n\n"
    for at, name in enumerate(("ENCODED", "DECODED")):
        items = ", ".join(pair[at] for pair in shorter)
        text += f"pub static SHORTER_ENCODED_ENTITIES_{name}: &[&[u8]] = &[{items}];\n"
    text += "\n#[derive(Clone, Copy)]\npub enum EntityType {\n    Named(&'static [u8]),\n    Dec,\n    Hex,\n}\n\n"
    text += "pub static ENTITY: &Trie<EntityType> = &Trie { nodes: NODES, edges: EDGES, values: VALUES };\n\n"
    text += rows("NODES", "(u16, u8, u16)", nodes) + rows("EDGES", "(u8, u16)", edges, 16)
    text += rows("VALUES", "EntityType", values, 4)
    (target / "entities.rs").write_text(text.rstrip() + "\n")


ATTRS = """// Made by generate.py from html-data_2023013104.0.0.json.
use crate::spec::tag::ns::Namespace;
use ahash::AHashMap;
use once_cell::sync::Lazy;

pub struct AttributeMinification {
    pub boolean: bool,
    pub case_insensitive: bool,
    pub collapse: bool,
    pub default_value: Option<&'static [u8]>,
    pub redundant_if_empty: bool,
    pub trim: bool,
}

/// What is known of an attribute, by its name: the namespace (0: HTML, 1: SVG) and the element, `*` for all.
pub struct AttrMap(AHashMap<&'static [u8], Vec<(u8, &'static [u8], AttributeMinification)>>);

impl AttrMap {
    pub fn get(&self, ns: Namespace, tag: &[u8], attr: &[u8]) -> Option<&AttributeMinification> {
        let ns = match ns {
            Namespace::Html => 0,
            Namespace::Svg => 1,
        };
        let known = self.0.get(attr)?;
        let fits = |found: &&(u8, &[u8], _)| found.0 == ns && (found.1 == b"*" || found.1 == tag);
        known.iter().find(fits).map(|found| &found.2)
    }
}

pub static ATTRS: Lazy<AttrMap> = Lazy::new(|| {
    let mut map = AttrMap(AHashMap::new());
    for (attr, ns, tag, flags, default_value) in ROWS {
        let has = |flag: u8| flags & flag != 0;
        let minification = AttributeMinification {
            boolean: has(1),
            case_insensitive: has(2),
            collapse: has(4),
            default_value: *default_value,
            redundant_if_empty: has(8),
            trim: has(16),
        };
        map.0.entry(*attr).or_default().push((*ns, *tag, minification));
    }
    map
});

/// Attribute, namespace, element, flags, default value.
type Row = (&'static [u8], u8, &'static [u8], u8, Option<&'static [u8]>);

"""


def attrs():
    data = json.loads((source / "html-data_2023013104.0.0.json").read_text())
    items = []
    for attr, namespaces in sorted(data["attributes"].items()):
        for ns, name in enumerate(("html", "svg")):
            tags = namespaces.get(name)
            if tags is None:
                continue
            # What is said of all elements is all that counts.
            for tag in ["*"] if "*" in tags else sorted(tags):
                about = tags[tag]
                names = ("boolean", "caseInsensitive", "collapse", "redundantIfEmpty", "trim")
                flags = sum(1 << bit for bit, key in enumerate(names) if about.get(key))
                default = about.get("defaultValue")
                default = "None" if default is None else f"Some({quoted(default.encode())})"
                items.append(f"({quoted(attr.encode())}, {ns}, {quoted(tag.encode())}, {flags}, {default})")
    (target / "attrs.rs").write_text(ATTRS + rows("ROWS", "Row", items, 1).rstrip() + "\n")


entities()
attrs()
