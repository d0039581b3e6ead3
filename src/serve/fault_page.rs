//! What the browser shows before there is any good site.

/// A page that shows what is wrong with the archive.
pub(super) fn html(faults: &str) -> String {
    let faults = faults.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>The archive cannot be shown yet</title>\n\
         <link rel=\"stylesheet\" href=\"/_fonds/overlay.css\">\n</head>\n<body>\n\
         <main id=\"fonds-faults\">\n<h1>The archive cannot be shown yet</h1>\n\
         <pre>{faults}</pre>\n<p>This page follows as soon as the files are corrected.</p>\n\
         </main>\n</body>\n</html>\n"
    )
}
