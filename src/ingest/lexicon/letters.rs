//! Letters beyond ASCII of each language, and its smallest words, by which an old encoding is known.

/// What a language is written with.
pub(in crate::ingest) struct Letters {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Its own letters in lower case, the frequent ones.
    pub common: &'static str,
    /// Those that are rare, or that come with words of other languages.
    pub rare: &'static str,
    /// Frequent small words, between spaces.
    pub words: &'static str,
}

/// Languages of alphabets.
pub(in crate::ingest) const ALPHABETS: &[Letters] = &[
    Letters {
        tag: "en",
        common: "é",
        rare: "èêëïîçñöüäáàâôóíåæœø",
        words: " the of and to in that is for it with as was on be this which you have by are from not we our at an will his her were been has had its they their but or all would ",
    },
    Letters {
        tag: "fr",
        common: "éèàêçùâî",
        rare: "ôûïëœüæÿñöä",
        words: " le la les de des du et en un une que qui est pour dans par sur au aux ce cette il elle nous vous ne pas avec plus sont été a à l d se sa son ",
    },
    Letters {
        tag: "de",
        common: "äöüß",
        rare: "éèàêáçñøåłšżčôëï",
        words: " der die das und in den von zu mit ist des im auf für nicht ein eine als auch es an werden aus er hat dass sie nach bei wird wir ich sich dem über ",
    },
    Letters {
        tag: "es",
        common: "áéíóúñ",
        rare: "üçàèºªïö",
        words: " de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre ha ",
    },
    Letters {
        tag: "it",
        common: "àèéìòù",
        rare: "îóáíúüçöä",
        words: " di che e la il un a per in una sono non del le si della con i da al nel dei ha alla lo questo anche come è delle gli più ",
    },
    Letters {
        tag: "pt",
        common: "áãâàéêíóõôúç",
        rare: "üñèöä",
        words: " de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando muito nos já está é à ",
    },
    Letters {
        tag: "nl",
        common: "ëé",
        rare: "ïöüèêáóíçàäâôîñ",
        words: " de het een en van ik te dat die in je is niet op aan met als voor zijn er maar om hij ook uit bij nog wordt door naar heeft ",
    },
    Letters {
        tag: "sv",
        common: "åäö",
        rare: "éàüèáøæñ",
        words: " och att det i som en på är av för med till den har de inte om ett men var jag från vi kan när så nu sig ut ",
    },
    Letters {
        tag: "da",
        common: "æøå",
        rare: "éöäüèáôòê",
        words: " og i at det er en til på som med for den de af der har ikke et om var han jeg vi kan men sig fra blev ",
    },
    Letters {
        tag: "pl",
        common: "ąćęłńóśźż",
        rare: "éüöäč",
        words: " w i na z do nie że się o to jest od za po jak przez dla są oraz ale przy który była było ich jego tylko czy już ",
    },
    Letters {
        tag: "cs",
        common: "áčďéěíňóřšťúůýž",
        rare: "öüäńłô",
        words: " a v se na je že o s z do i to k ve pro za by ale si po jako od při jeho která který byl byla nebo také ",
    },
    Letters {
        tag: "sk",
        common: "áäčďéíľňóôŕšťúýž",
        rare: "ĺöüě",
        words: " a v sa na je že o s z do i to k vo pre za by ale si po ako od pri jeho ktorá ktorý bol bola alebo ",
    },
    Letters {
        tag: "hu",
        common: "áéíóöőúüű",
        rare: "äçßàëô",
        words: " a az és hogy nem is egy ez meg van ha csak már el volt de mint azt vagy még le ki kell lesz ő ",
    },
    Letters {
        tag: "ro",
        common: "ăâîşţșț",
        rare: "áéöüçà",
        words: " de şi în a la cu că pe nu se din o un este care pentru mai sau al lui ale dar prin după ",
    },
    Letters {
        tag: "hr",
        common: "čćđšž",
        rare: "äöüéáł",
        words: " i u je se na da za su od s o kao ne što koji bi iz ili a li će ",
    },
    Letters {
        tag: "tr",
        common: "çğıöşü",
        rare: "âîûİ",
        words: " ve bir bu da de için ile çok ne daha gibi kadar olan olarak var en ama o sonra her ",
    },
    Letters {
        tag: "ru",
        common: "аеинорствлкпдм",
        rare: "бгжзйуфхцчшщъыьэюяё",
        words: " и в не на я что он с как это по но из у за от о для так же мы вы бы был его все к до или а ",
    },
    Letters {
        tag: "uk",
        common: "аеинорствлкпдмі",
        rare: "бгжзйуфхцчшщьюяїєґ",
        words: " і в не на що з та у до як за від це про для його ми ви але так або по й а ",
    },
    Letters {
        tag: "bg",
        common: "аеинорствлкпдмъ",
        rare: "бгжзйуфхцчшщьюя",
        words: " и на да се в е от не за с са по като че до това при или си но през ",
    },
    Letters {
        tag: "el",
        common: "αειοντσκρπλμυςίάόέήηύωώ",
        rare: "βγδζθξφχψϊϋΐΰ",
        words: " και το να του η της με που την από για ο τα στο τον οι σε των είναι μας σας ",
    },
];

/// The most frequent characters of languages that have thousands.
pub(in crate::ingest) const KOREAN: &str = "이다의는을에가고하지로한기사도인대어그를서자정시나리일해상수있들것으부제전보원장여님위문주안께우구조관회국연동신세성게된며라면과와않니습아요년월만저내진모민말유방행당";
/// The same, of Japanese beside its kana.
pub(in crate::ingest) const JAPANESE: &str =
    "日本年月人大中国会出上生行時分事間前者長資料今何御送回答返書申方所私見言自手後学校方";
/// The same, of Chinese, in both ways of writing it.
pub(in crate::ingest) const CHINESE: &str = "的是不了在人有我他这這中大来來上国國和到要以可你会會好为為学學就交也用能如时時文说說没沒看年月日一个個们們地出分对對成事于於所其之发發后後您请請委员員现現存告知书書信館馆致此敬公本部关關与與及并並将將";
