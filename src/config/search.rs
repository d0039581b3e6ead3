//! `[search]`: whether readers can search, and where.

use crate::fields::Fields;

/// `[search]`: the search page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchSettings {
    /// Whether there is one.
    pub enabled: bool,
    /// Where a search server answers, a path of this host: `engine = "http"`. Without it the page reads
    /// the index that the build makes.
    pub endpoint: Option<String>,
}

pub(super) fn search(f: &Fields<'_, '_>) -> SearchSettings {
    let enabled = f.says("Whether there is one").boolean("enabled").unwrap_or(true);
    f.says("`static`: the index that a build writes; `http`: a server that you run");
    let engine = f.placed("engine");
    f.says("Where that server answers: a path of the site that starts and ends with `/`");
    let endpoint = f.placed("endpoint");
    let is = |name: &str| engine.as_ref().is_some_and(|engine| engine.value == name);
    let is_http = is("http");
    if let Some(engine) = engine.as_ref().filter(|_| !is_http && !is("static")) {
        f.not_one_of("engine", engine, &["static", "http"], "");
    }
    match (&engine, endpoint) {
        (Some(engine), None) if is_http => f.fault(
            engine.range.clone(),
            "the engine `http` needs an endpoint",
            "the path at which the search server answers",
            "add `endpoint = \"/search-server/\"`",
        ),
        (_, Some(endpoint)) if is_http => {
            // Every page's policy allows its own host alone.
            let path = &endpoint.value;
            if path.starts_with('/') && !path.starts_with("//") && path.ends_with('/') {
                return SearchSettings { enabled, endpoint: Some(endpoint.value) };
            }
            f.fault(
                endpoint.range,
                format!("`{path}` is not a path of this host"),
                "a path that starts and ends with `/`, such as `/search-server/`",
                "configure the site's web server to forward requests for a path to the search server",
            );
        }
        _ => {}
    }
    SearchSettings { enabled, endpoint: None }
}
