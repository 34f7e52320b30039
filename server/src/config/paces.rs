//! How fast messages may go.

use super::Problem;
use clap::Args;
use convoke_delivery::{Pace, Paces};

/// The most messages a minute, by all servers over one database together.
#[derive(Clone, Debug, Args)]
#[allow(
    clippy::struct_field_names,
    reason = "the names of the flags are made of them"
)]
pub struct PaceArgs {
    /// The most e-mails a minute, by all servers together. By default as many as the mail server takes.
    #[arg(long, env = "CONVOKE_MAIL_PER_MINUTE", default_value = "")]
    pub mail_per_minute: String,
    /// The most e-mails a minute to the addresses of one domain.
    #[arg(long, env = "CONVOKE_MAIL_PER_DOMAIN_PER_MINUTE", default_value = "")]
    pub mail_per_domain_per_minute: String,
    /// The most SMS a minute.
    #[arg(long, env = "CONVOKE_SMS_PER_MINUTE", default_value = "")]
    pub sms_per_minute: String,
}

impl PaceArgs {
    /// Reads all three; the first that is wrong is the problem.
    pub fn read(&self) -> Result<Paces, Problem> {
        Ok(Paces {
            mail: pace("CONVOKE_MAIL_PER_MINUTE", &self.mail_per_minute)?,
            mail_to_domain: pace(
                "CONVOKE_MAIL_PER_DOMAIN_PER_MINUTE",
                &self.mail_per_domain_per_minute,
            )?,
            sms: pace("CONVOKE_SMS_PER_MINUTE", &self.sms_per_minute)?,
        })
    }
}

fn pace(variable: &'static str, text: &str) -> Result<Option<Pace>, Problem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| Problem::new(variable, "check-pace", "600").value(text))
}
