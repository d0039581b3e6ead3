// Archives that are made for the tests: the hard cases of a document, and archives of every size.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { built } from "./sites.mjs";
import { once, work } from "./work.mjs";

/** Words to fill texts with, taken in turn. */
const WORDS = "the committee asks your government to publish without delay lists of those held in quarantine stations and let crews go home before winter because their families have waited for an answer since last year".split(" ");

const sentence = (n, length = 18) => {
  const words = Array.from({ length }, (_, i) => WORDS[(n * 7 + i * (1 + (n % 3))) % WORDS.length]);
  const text = words.join(" ");
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
};
const paragraph = (n, sentences = 4) => Array.from({ length: sentences }, (_, i) => sentence(n * 5 + i, 12 + ((n + i) % 14))).join(" ");
const list = (count, make) => Array.from({ length: count }, (_, i) => make(i + 1));

const LONG_TITLE = `${sentence(3, 26)} ${sentence(8, 30)}`.padEnd(300, " and of all the others").slice(0, 300);

/** Documents that are hard to set well: path, front matter, text. */
export const HARD = {
  "long-title": [`title = "${LONG_TITLE}"\ndate = "2001-02-03"\nkind = "report"\ncreators = [{ organization = "Harbour Committee" }]`, paragraph(1)],
  "no-title": [`title = ""\ndate = "2001-02-04"\nkind = "letter"\ncreators = [{ person = "Ada Oyelaran" }]\nrecipients = [{ organization = "Harbour Committee" }]`, paragraph(2)],
  "no-date": [`title = "A letter without a date"\nkind = "letter"\ncreators = [{ person = "Ada Oyelaran" }]`, paragraph(3)],
  "signatories": [
    `title = "Open letter of five hundred"\ndate = "2001-02-05"\nkind = "open-letter"\nsignatories = [\n${list(500, (n) => `  { organization = "${WORDS[n % WORDS.length]} ${WORDS[(n * 3) % WORDS.length]} Union No. ${n}${n % 9 ? "" : " for the Protection of Those Who Work in the Harbours of the North"}" },`).join("\n")}\n]`,
    paragraph(4),
  ],
  "two-megabytes": [`title = "Proceedings"\ndate = "2001-02-06"\nkind = "minutes"`, list(2600, (n) => paragraph(n, 9)).join("\n\n")],
  "arabic": [`title = "رسالة إلى لجنة الميناء، بشأن البحارة"\ndate = "2001-02-07"\nkind = "letter"\nlanguage = "ar"\ncreators = [{ person = "سلمى حداد", role = "رئيسة", organization = "اتحاد البحارة" }]\nrecipients = [{ organization = "لجنة الميناء" }]`, "السادة أعضاء لجنة الميناء المحترمين،\n\nنكتب إليكم بشأن البحارة الذين ينتظرون في محطة الحجر الصحي منذ عام 2010.[^1] لم يصلنا أي خبر عنهم.\n\n| المحطة | العدد |\n| --- | ---: |\n| الميناء الخارجي | 14 |\n| Outer Mole | 3 |\n\n- نشر القوائم.\n- إعادة البحارة إلى بيوتهم.\n\n> لا ميناء حر ينتظر فيه أحد رغما عنه.\n\nوتفضلوا بقبول فائق الاحترام\n\n[^1]: تقرير المحطة، Outer Mole, 2010."],
  "hebrew": [`title = "מכתב לוועד הנמל"\ndate = "2001-02-08"\nkind = "letter"\nlanguage = "he"\ncreators = [{ organization = "איגוד המלחים" }]\nrecipients = [{ organization = "Harbour Committee" }]`, "לכבוד ועד הנמל,\n\nאנו כותבים אליכם בעניין המלחים הממתינים בתחנת ההסגר משנת 2010."],
  "tables": [
    `title = "Returns of the stations"\ndate = "2001-02-09"\nkind = "report"`,
    `${paragraph(5)}\n\n| Station | ${list(14, (n) => `Quarter ${n}`).join(" | ")} |\n| --- |${" ---: |".repeat(14)}\n${list(30, (n) => `| Station of the outer mole ${n} | ${list(14, (m) => (n * m * 37) % 9000).join(" | ")} |`).join("\n")}\n\n${paragraph(6)}\n\n| A | B |\n| --- | --- |\n| a | b |`,
  ],
  "notes": [
    `title = "A memorandum with two hundred notes"\ndate = "2001-02-10"\nkind = "memorandum"`,
    `${list(50, (n) => list(4, (m) => `${sentence(n * 4 + m, 22)}[^${(n - 1) * 4 + m}]`).join(" ")).join("\n\n")}\n\n${list(200, (n) => `[^${n}]: ${sentence(n, 5 + (n % 16))}`).join("\n")}`,
  ],
};

const CONFIG = (title, rest = "", description = sentence(9, 12)) => `title = "${title}"\ndescription = "${description}"\n${rest}\n[archive]\npublisher = "The Harbour Trust"\nrights = "http://rightsstatements.org/vocab/NKC/1.0/"\ncorrections = "https://desk.example.net/corrections?file={path}"\n`;

async function archive(name, config, documents) {
  const root = join(work, name);
  await once(`${name}-sources`, async () => {
    await mkdir(join(root, "content/documents"), { recursive: true });
    await writeFile(join(root, "config.toml"), config);
    for (const [slug, [front, text]] of documents) {
      await writeFile(join(root, `content/documents/${slug}.md`), `+++\n${front}\nadded = "2026-01-02"\n+++\n\n${text}\n`);
    }
  });
  return built(root, "/", { url: "https://harbour.example.org", ingest: false });
}

const made = new Map();
/** Makes a site when it is first asked for. */
const lazily = (name, make) => () => {
  if (!made.has(name)) made.set(name, make());
  return made.get(name);
};

/** The hard cases. */
export const hard = lazily("hard", () => archive("hard", CONFIG("Hard cases"), Object.entries(HARD)));
/** The hard cases, in an interface that speaks Korean. */
export const korean = lazily("korean", () => {
  const { "two-megabytes": _, ...others } = HARD;
  return archive("korean", CONFIG("항만 기록", 'default_language = "ko"', "항구의 자유와 선원의 귀환에 관한 서한과 성명, 회의록을 모은 기록입니다."), [...Object.entries(others), ...letters(40, "ko")]);
});
/** An archive that holds nothing yet. */
export const empty = lazily("empty", () => archive("empty", CONFIG("An empty archive"), []));
/** An archive of five documents. */
export const five = lazily("five", () => archive("five", CONFIG("Five letters"), letters(5)));
/** Files beside the pages, which no test of many documents asks for: 80,000 of them would be made. */
const NO_FILES_BESIDE = "[outputs]\ntext = false\ncitations = false\nlist_citations = false\n";
/** An archive of 20,000 documents. */
export const large = lazily("large", () => archive("large", CONFIG("Twenty thousand letters", NO_FILES_BESIDE), letters(20_000)));

const NAMES = ["Harbour", "Pilots", "Lamplighters", "Crews", "Widows", "Dockers", "Sailmakers", "Keepers", "Ferrymen", "Divers"];
const BODIES = ["Committee", "Union", "Society", "League", "Trust", "Guild", "Office", "Assembly", "Council", "Fund"];
const KINDS = ["letter", "letter", "letter", "open-letter", "report", "press-release", "statement", "telegram", "minutes"];

/** The name of an organization: few write much, many write little. */
function organization(n) {
  const rank = Math.floor(((n * 7919) % 1000) ** 2 / 1000);
  const place = rank < 100 ? "" : ` of Port ${rank}`;
  return `${NAMES[rank % 10]}’ ${BODIES[Math.floor(rank / 10) % 10]}${place}`;
}

function* letters(count, language = "en") {
  for (let n = 1; n <= count; n += 1) {
    const [from, to] = [organization(n), organization(n * 3 + 1)];
    const year = 2024 - Math.floor(((n * 104_729) % 9973) ** 2 / (9973 * 9973 / 120));
    const date = n % 40 === 0 ? "" : `date = "${year}-${String(1 + (n % 12)).padStart(2, "0")}-${String(1 + (n % 28)).padStart(2, "0")}"\n`;
    const korean = language === "ko" && n % 2;
    const title = korean ? `항만의 자유와 선원의 귀환에 관한 서한 ${n}` : n % 3 ? `Letter from the ${from} to the ${to}` : `${sentence(n, 5 + (n % 9)).slice(0, -1)}, ${n}`;
    const front = `title = "${title}"\n${date}kind = "${KINDS[n % KINDS.length]}"\nlanguage = "${korean ? "ko" : "en"}"\ncreators = [{ organization = "${from}" }]\nrecipients = [{ organization = "${to}" }]`;
    yield [`letter-${n}`, [front, korean ? "우리는 선원들이 겨울이 오기 전에 집으로 돌아갈 수 있도록 명단을 지체 없이 공개할 것을 귀 정부에 요청합니다.\n\n가족들은 지난해부터 답을 기다리고 있습니다." : list(2 + (n % 3), (m) => paragraph(n + m, 2)).join("\n\n")]];
  }
}
