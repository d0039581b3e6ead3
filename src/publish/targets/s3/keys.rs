//! The keys of an object store, from where its own tools look for them: the environment, then the user's profile.
//! They are in no setting, and nothing that they are in can be printed.

use std::path::{Path, PathBuf};

use super::super::TargetError;

/// A pair of keys, and the token of those that end after some hours. There is no way to print it.
pub(super) struct Keys {
    pub(super) id: String,
    pub(super) secret: String,
    pub(super) token: Option<String>,
}

impl Keys {
    /// A text of a stranger, in which none of them is.
    pub(super) fn taken_out_of(&self, text: &str) -> String {
        let secrets = [Some(&self.secret), self.token.as_ref(), Some(&self.id)];
        secrets
            .into_iter()
            .flatten()
            .filter(|secret| !secret.is_empty())
            .fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "…"))
    }
}

/// Looks up a variable of the environment.
pub(super) type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The keys that this run may use.
///
/// # Errors
///
/// If there are none; the error says where they were looked for.
pub(super) fn find(
    environment: Environment<'_>,
    read: &dyn Fn(&Path) -> Option<String>,
) -> Result<Keys, TargetError> {
    let variable = |name: &str| environment(name).map(|value| value.trim().to_owned());
    let (id, secret) = (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"));
    let missing = |said: String, help: &str| TargetError::Store { said, help: help.to_owned() };
    match (id, secret) {
        (Some(id), Some(secret)) => {
            return usable(Keys { id, secret, token: variable("AWS_SESSION_TOKEN") });
        }
        (Some(_), None) => {
            let said = "`AWS_ACCESS_KEY_ID` is set, `AWS_SECRET_ACCESS_KEY` is not".to_owned();
            return Err(missing(said, "set both in the environment"));
        }
        (None, Some(_)) => {
            let said = "`AWS_SECRET_ACCESS_KEY` is set, `AWS_ACCESS_KEY_ID` is not".to_owned();
            return Err(missing(said, "set both in the environment"));
        }
        (None, None) => {}
    }
    let profile = variable("AWS_PROFILE").unwrap_or_else(|| "default".to_owned());
    let file = file_of(environment);
    let keys = file.as_deref().and_then(read).and_then(|text| of_profile(&text, &profile));
    keys.map_or_else(
        || {
            let place = file.map_or_else(String::new, |file| format!(" in `{}`", file.display()));
            let said = format!(
                "no keys: `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` are not set, and there is no \
                 profile `{profile}` with keys{place}"
            );
            Err(missing(said, "set both in the environment; if a login of the AWS tools has them, \
                 `eval $(aws configure export-credentials --format env)` does"))
        },
        usable,
    )
}

/// Refuses keys that cannot be part of a header.
fn usable(keys: Keys) -> Result<Keys, TargetError> {
    let is_plain = |part: &String| part.chars().all(|c| c.is_ascii_graphic());
    let token = keys.token.as_ref();
    match is_plain(&keys.id) && is_plain(&keys.secret) && token.is_none_or(is_plain) {
        true => Ok(keys),
        false => Err(TargetError::Store {
            said: "the keys hold a space or a character that no key has".to_owned(),
            help: "copy them again, without what is before and after them".to_owned(),
        }),
    }
}

fn file_of(environment: Environment<'_>) -> Option<PathBuf> {
    match environment("AWS_SHARED_CREDENTIALS_FILE") {
        Some(file) => Some(PathBuf::from(file)),
        None => {
            let home = environment("HOME").or_else(|| environment("USERPROFILE"))?;
            Some(Path::new(&home).join(".aws/credentials"))
        }
    }
}

/// The keys of a profile: sections in brackets, a name and a value in each line.
fn of_profile(text: &str, profile: &str) -> Option<Keys> {
    let (mut id, mut secret, mut token, mut is_in) = (None, None, None, false);
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            is_in = name.trim() == profile;
        } else if let Some((name, value)) = line.split_once('=').filter(|_| is_in) {
            let value = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
            match name.trim() {
                "aws_access_key_id" => id = value,
                "aws_secret_access_key" => secret = value,
                "aws_session_token" => token = value,
                _ => {}
            }
        }
    }
    Some(Keys { id: id?, secret: secret?, token })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "[default]\naws_access_key_id = A\naws_secret_access_key=s=1\n\n# other\n[ town ]\n\
                        aws_access_key_id=B\naws_secret_access_key = t\naws_session_token = u\n[empty]\n";

    fn found(variables: &[(&str, &str)]) -> Result<(String, String, Option<String>), String> {
        let environment = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let read =
            |path: &Path| (path == Path::new("/me/.aws/credentials")).then(|| FILE.to_owned());
        match find(&environment, &read) {
            Ok(keys) => Ok((keys.id, keys.secret, keys.token)),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn keys_come_from_the_environment_then_from_the_profile() {
        let home = ("HOME", "/me");
        let keys = |id: &str, secret: &str, token: Option<&str>| {
            Ok((id.to_owned(), secret.to_owned(), token.map(str::to_owned)))
        };
        let set = [("AWS_ACCESS_KEY_ID", "X "), ("AWS_SECRET_ACCESS_KEY", "y"), home];
        assert_eq!(found(&set), keys("X", "y", None));
        assert_eq!(found(&[home]), keys("A", "s=1", None));
        assert_eq!(found(&[home, ("AWS_PROFILE", "town")]), keys("B", "t", Some("u")));
        for wrong in [
            &[("AWS_ACCESS_KEY_ID", "hunter2"), home][..],
            &[("AWS_SECRET_ACCESS_KEY", "hunter2"), home],
            &[("AWS_ACCESS_KEY_ID", "A"), ("AWS_SECRET_ACCESS_KEY", "hunter2 2"), home],
            &[home, ("AWS_PROFILE", "empty")],
            &[],
        ] {
            let told = found(wrong).unwrap_err();
            assert!(!told.contains("hunter2"), "{told}");
        }
    }

    #[test]
    fn what_a_store_says_is_shown_without_keys() {
        let keys = Keys { id: "AKIA1".into(), secret: "hunter2".into(), token: Some("tok".into()) };
        assert_eq!(keys.taken_out_of("AKIA1: hunter2, tok!"), "…: …, …!");
    }
}
