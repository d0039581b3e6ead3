//! What dates are made of in languages that have no lexicon: such a date is read, and nothing else of the text.

/// Names of the twelve months, as they are by themselves and behind a day, in forty languages.
///
/// Source: Unicode CLDR 44, calendars/gregorian/months, wide; without names of two words, such as the Levantine ones.
/// `listopad` is October in Croatian, and November for all others.
pub(in crate::ingest) const MONTHS: [&str; 12] = [
    "gener|ianuarie|ionawr|jaanuar|janar|jannewaris|januar|januari|januarie|január|januára|janvāris|janúar|leden|ledna|ocak|sausio|sausis|siječanj|siječnja|styczeń|stycznia|tammikuu|tammikuuta|urtarrila|xaneiro|yanvar|ιανουαρίου|студзень|студзеня|січень|січня|янв|январь|января|януари|јануар|јануари|қаңтар|հունվար|հունվարի|ינואר|يناير|იანვარი",
    "chwefror|febreiro|febrer|febrewaris|februar|februari|februarie|február|februára|februāris|febrúar|fevral|helmikuu|helmikuuta|lutego|luty|otsaila|shkurt|vasario|vasaris|veebruar|veljača|veljače|únor|února|şubat|φεβρουαρίου|ақпан|лютага|лютий|лютого|люты|фебруар|фев|февр|февраль|февраля|февруари|փետրվար|փետրվարի|פברואר|شباط|فبراير|თებერვალი",
    "březen|března|kovas|kovo|maaliskuu|maaliskuuta|maart|marca|marec|maret|mars|mart|martie|marts|martxoa|marzec|marzo|març|mawrth|március|märts|ožujak|ožujka|μαρτίου|березень|березня|мар|март|марта|наурыз|сакавік|сакавіка|մարտ|մարտի|מרץ|آذار|مارس|მარტი",
    "abril|apirila|aprel|april|aprilie|aprill|apríl|apríla|aprīlis|balandis|balandžio|duben|dubna|ebrill|huhtikuu|huhtikuuta|kwiecień|kwietnia|nisan|prill|travanj|travnja|április|απριλίου|апр|апрель|апреля|април|квітень|квітня|красавік|красавіка|сәуір|ապրիլ|ապրիլի|אפריל|أبريل|نيسان|აპრილი",
    "gegužė|gegužės|květen|května|maaie|mai|maiatza|maig|maijs|maio|maj|maja|may|mayıs|maí|mei|máj|mája|május|svibanj|svibnja|toukokuu|toukokuuta|μαΐου|май|мамыр|мая|мај|травень|травня|մայիս|մայիսի|מאי|أيار|مايو|მაისი",
    "birželio|birželis|czerwca|czerwiec|ekaina|haziran|iunie|iyun|jun|juni|junie|junij|juny|juuni|jún|júna|június|júní|jūnijs|kesäkuu|kesäkuuta|lipanj|lipnja|mehefin|qershor|xuño|červen|června|ιουνίου|июнь|июня|маусым|червень|червня|чэрвень|чэрвеня|юни|јун|јуни|հունիս|հունիսի|יוני|حزيران|يونيو|ივნისი",
    "gorffennaf|heinäkuu|heinäkuuta|iulie|iyul|jul|juli|julie|julij|juliol|july|juuli|júl|júla|július|júlí|jūlijs|korrik|liepa|liepos|lipca|lipiec|srpanj|srpnja|temmuz|uztaila|xullo|července|červenec|ιουλίου|июль|июля|липень|липня|ліпень|ліпеня|шілде|юли|јул|јули|հուլիս|հուլիսի|יולי|تموز|يوليو|ივლისი",
    "abuztua|agost|agosto|agustus|august|augusta|augusti|augusts|augustus|augusztus|avgust|avqust|awst|ağustos|elokuu|elokuuta|gusht|kolovoz|kolovoza|rugpjūtis|rugpjūčio|sierpień|sierpnia|srpen|srpna|ágúst|αυγούστου|авг|август|августа|жнівень|жніўня|серпень|серпня|тамыз|օգոստոս|օգոստոսի|אוגוסט|آب|أغسطس|აგვისტო",
    "eylül|iraila|medi|rugsėjis|rugsėjo|rujan|rujna|sentabr|sentyabr|septembar|september|septembra|septembrie|septembris|septimber|setembre|setembro|shtator|syyskuu|syyskuuta|szeptember|wrzesień|września|září|σεπτεμβρίου|верасень|верасня|вересень|вересня|сент|сентябрь|сентября|септембар|септември|қыркүйек|սեպտեմբեր|սեպտեմբերի|ספטמבר|أيلول|سبتمبر|სექტემბერი",
    "ekim|hydref|lokakuu|lokakuuta|octombrie|octubre|oktabr|oktobar|oktober|oktobris|oktoober|oktyabr|október|októbra|outubro|październik|października|spalio|spalis|tetor|urria|říjen|října|οκτωβρίου|жовтень|жовтня|кастрычнік|кастрычніка|окт|октобар|октомври|октябрь|октября|қазан|հոկտեմբեր|հոկտեմբերի|אוקטובר|أكتوبر|ოქტომბერი",
    "azaroa|kasım|lapkritis|lapkričio|listopad|listopada|listopadu|marraskuu|marraskuuta|noiembrie|novembar|november|novembra|novembre|novembris|novembro|novimber|noyabr|nëntor|nóvember|studeni|studenoga|tachwedd|νοεμβρίου|листопад|листопада|лістапад|лістапада|новембар|ноември|нояб|ноябрь|ноября|қараша|նոյեմբեր|նոյեմբերի|נובמבר|نوفمبر|ნოემბერი",
    "abendua|aralık|decembar|december|decembra|decembrie|decembris|decembro|dekabr|desember|desembre|desimber|detsember|dhjetor|grudnia|grudzień|gruodis|gruodžio|joulukuu|joulukuuta|prosinac|prosinca|prosince|prosinec|rhagfyr|δεκεμβρίου|грудень|грудня|дек|декабрь|декабря|декември|децембар|желтоқсан|снежань|снежня|դեկտեմբեր|դեկտեմբերի|דצמבר|ديسمبر|დეკემბერი",
];

/// Words before a day: Polish, Czech, Vietnamese.
pub(in crate::ingest) const BEFORE_DAYS: &str = "dnia|dne|ngày";

/// Words behind a year: Russian, Ukrainian, Polish, Serbian, Czech.
pub(in crate::ingest) const BEHIND_YEARS: &str = "года|году|год|г|року|р|roku|r|godine|године";

/// Words before the numbers of a month and of a year: Vietnamese.
pub(in crate::ingest) const BEFORE_NUMBERS: [&str; 2] = ["tháng", "năm"];
