//! The first run: an empty database gets its organisation and first administrator. There is no actor yet; the
//! right is the token that the server printed in its log.

use crate::people::NewAdministrator;
use crate::session::NewSession;
use crate::{OrFailure, Outcome, Service, passwords, people, session, tokens};
use convoke_domain::view::SetUpForm;
use convoke_domain::{FieldError, Language, Refusal};
use convoke_storage::StorageError;
use convoke_texts::dates;

/// Where the hash of the token stands among the facts of the installation.
const TOKEN: &str = "set_up_token_hash";
/// The longest name of an organisation, in characters.
const MAX_NAME: usize = 200;

/// Whether the database is empty, so that nothing but the set-up page makes sense.
pub async fn needs_set_up(service: &Service) -> Outcome<bool> {
    async {
        let mut transaction = service.storage.read().await?;
        Ok(!transaction.has_organisation().await?)
    }
    .await
    .or_failure(service)
}

/// A new token for the set-up page, in place of any earlier one. It belongs in the log, and nowhere else.
pub async fn new_token(service: &Service) -> Outcome<String> {
    let token = tokens::new_secret(service);
    async {
        let mut transaction = service.storage.begin().await?;
        transaction
            .set_installation_value(TOKEN, &tokens::hash(&token))
            .await?;
        transaction.commit().await
    }
    .await
    .or_failure(service)?;
    Ok(token)
}

/// Creates the organisation, the usual user types and the administrator, and signs the administrator in.
///
/// Refuses with [`Refusal::Invalid`] when fields have to be corrected, and with [`Refusal::Conflict`] when somebody was quicker.
pub async fn set_up(
    service: &Service,
    form: &SetUpForm,
    language: Language,
) -> Outcome<NewSession> {
    // The token first: without it nobody learns anything, and no password is hashed.
    if !token_fits(service, form.token.trim()).await? {
        return Err(Refusal::field("token", "error-set-up-token"));
    }
    let administrator = check(form)?;
    let password_hash = passwords::hash(service, &form.password).await?;
    write(service, form, &administrator, &password_hash, language)
        .await
        .or_failure(service)?
        .ok_or_else(|| Refusal::Conflict("error-set-up-done".to_owned()))
}

async fn write(
    service: &Service,
    form: &SetUpForm,
    administrator: &NewAdministrator,
    password_hash: &str,
    language: Language,
) -> Result<Option<NewSession>, StorageError> {
    let mut transaction = service.storage.begin().await?;
    // The row of the token is what two browsers at once compete for: one of them removes it.
    if !transaction.remove_installation_value(TOKEN).await?
        || transaction.has_organisation().await?
    {
        return Ok(None);
    }
    let organisation = people::add_organisation(
        service,
        &mut transaction,
        form.organisation.trim(),
        form.time_zone.trim(),
        language,
    )
    .await?;
    let user = people::add_administrator(
        service,
        &mut transaction,
        organisation,
        administrator,
        password_hash,
        language,
    )
    .await?;
    let session = session::begin(service, &mut transaction, organisation, user).await?;
    transaction.commit().await?;
    Ok(Some(session))
}

async fn token_fits(service: &Service, token: &str) -> Outcome<bool> {
    let stored = async {
        let mut transaction = service.storage.read().await?;
        if transaction.has_organisation().await? {
            return Ok(Err(Refusal::Conflict("error-set-up-done".to_owned())));
        }
        Ok(Ok(transaction.installation_value(TOKEN).await?))
    }
    .await
    .or_failure(service)??;
    // Hashes are compared: how long it takes says nothing about the token.
    Ok(stored.is_some_and(|hash| hash == tokens::hash(token)))
}

/// The administrator of the form, or everything that has to be corrected.
fn check(form: &SetUpForm) -> Outcome<NewAdministrator> {
    let mut errors = Vec::new();
    let organisation = form.organisation.trim();
    if organisation.is_empty() {
        errors.push(FieldError::new("organisation", "error-required"));
    } else if organisation.chars().count() > MAX_NAME {
        errors.push(FieldError::new("organisation", "error-too-long"));
    }
    if form.time_zone.trim().is_empty() {
        errors.push(FieldError::new("time_zone", "error-required"));
    } else if dates::zone(form.time_zone.trim()).is_none() {
        errors.push(FieldError::new("time_zone", "error-time-zone"));
    }
    let administrator = NewAdministrator {
        first_name: form.first_name.clone(),
        last_name: form.last_name.clone(),
        email: form.email.clone(),
        password: form.password.clone(),
    };
    errors.extend(administrator.problems());
    if form.password.len() > passwords::MAX_BYTES {
        errors.push(FieldError::new("password", "error-too-long"));
    }
    if errors.is_empty() {
        Ok(administrator)
    } else {
        Err(Refusal::Invalid(errors))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_own_error() {
        let form = SetUpForm {
            time_zone: "Mars/Olympus".to_owned(),
            email: "nobody".to_owned(),
            password: "short".to_owned(),
            last_name: "x".repeat(201),
            ..SetUpForm::default()
        };
        let Err(Refusal::Invalid(errors)) = check(&form) else {
            panic!("must be refused");
        };
        let texts: Vec<_> = errors
            .iter()
            .map(|e| (e.field.as_str(), e.text.as_str()))
            .collect();
        assert_eq!(
            texts,
            [
                ("organisation", "error-required"),
                ("time_zone", "error-time-zone"),
                ("first_name", "error-required"),
                ("last_name", "error-too-long"),
                ("email", "error-email"),
                ("password", "error-password-short"),
            ]
        );
    }
}
