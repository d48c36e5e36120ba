//! Private modules: what could be added, and how their hosts are reached.

use std::{collections::BTreeSet, ffi::OsStr};

use crate::{
    app::{App, changes::version_of},
    environment::{Values, check::glob, file, read::Scope},
    error::Error,
    host::Host,
    jobs::Job,
    private::{
        LISTS, PrivateError,
        check::{self, CheckEvent, CheckReport, CheckRepositories, CheckedRepository, Repository},
        credentials::{self, Credentials},
        git::{self, GitConfig},
        named,
        suggest::{self, Evidence, Suggestions},
    },
    progress::Observer,
    toolchain::ask::empty_folder,
};

impl App {
    /// Proposals for GOPRIVATE, out of the folders that the user named and of git's settings. Nobody is asked.
    ///
    /// # Errors
    /// The GOENV file cannot be read.
    pub async fn private_suggest(&self, (): ()) -> Result<Suggestions, Error> {
        let host = self.terminal_host().await;
        let goprivate = self.in_terminal(&["GOPRIVATE"], &host).await?;
        let goprivate = goprivate.into_values().next().unwrap_or_default();
        let mut evidence = Evidence::default();
        let (mut projects, mut answered) = (0, false);
        for kept in self.own_projects.load().value.list() {
            let Ok(contents) = self.project(&kept.id).await else {
                continue;
            };
            projects += 1;
            let place = self.project_place(&contents);
            for module in contents.required() {
                let places = evidence.required.entry(module).or_default();
                places.push(place.clone());
            }
            evidence.own.extend(contents.module.clone());
            if let Some(config) = git::config(&host, &host.vars, &contents.root).await {
                answered = true;
                evidence.take(&config);
            }
        }
        // what is set for every repository
        if let Some(config) = self.git_config(&host).await {
            answered = true;
            evidence.take(&config);
        }
        Ok(suggest::suggest(&evidence, &goprivate, projects, answered))
    }

    /// Which credentials Go and git would use for these hosts; without any, for all that the lists name. Nobody is asked,
    /// and no secret is in the answer.
    ///
    /// # Errors
    /// The GOENV file cannot be read.
    pub async fn private_credentials(&self, hosts: Vec<String>) -> Result<Credentials, Error> {
        let names = ["GOAUTH", "GOPROXY", "GOPRIVATE", "GONOPROXY", "GOINSECURE"];
        let (environment, outer) = self.environment_under(Scope::Values(&LISTS)).await;
        let mut host = self.host.clone();
        host.vars = outer.terminal(&self.host);
        let version = version_of(&environment);
        let known = names.into_iter().filter(|name| {
            // a Go before 1.24 does not know GOAUTH
            *name != "GOAUTH"
                || version
                    .as_ref()
                    .is_none_or(|version| version.at_least(1, 24))
        });
        let known: Vec<_> = known.collect();
        let values = self.in_terminal(&known, &host).await?;
        let value = |name: &str| values.get(name).map_or("", String::as_str);
        let hosts = match hosts.is_empty() {
            false => hosts,
            true => {
                let lists = [value("GOPRIVATE"), value("GONOPROXY"), value("GOINSECURE")];
                self.private_hosts(&lists.join(",")).await
            }
        };
        let hosts: Vec<_> = hosts
            .into_iter()
            .filter(|host| !host.contains(['*', '?']) && named::is_name(host))
            .collect();
        let config = self.git_config(&host).await;
        let env_file = file::locate(&self.host).ok();
        let setting = credentials::Setting {
            host: &host,
            process: &self.host,
            version: version.as_ref(),
            goauth: value("GOAUTH"),
            goproxy: value("GOPROXY"),
            env_file: env_file.as_deref(),
            git: config.as_ref(),
        };
        Ok(credentials::look(&hosts, &setting))
    }

    /// Asks git whether it reaches repositories, each at its own host only.
    ///
    /// # Errors
    /// One is no repository, or no list covers it: then none is asked.
    pub async fn private_check(
        &self,
        wish: CheckRepositories,
        job: &Job,
        observer: &impl Observer<CheckEvent>,
    ) -> Result<CheckReport, Error> {
        let lists = ["GOPRIVATE", "GONOPROXY", "GOINSECURE"];
        let host = self.terminal_host().await;
        let values = self.in_terminal(&lists, &host).await?;
        let values: Vec<_> = values.into_values().collect();
        let mut repositories = Vec::new();
        for text in &wish.repositories {
            let repository = Repository::read(text)?;
            if !glob::covers(&values.join(","), &repository.module) {
                let host = repository.module.split('/').next().unwrap_or_default();
                let host = host.to_owned();
                return Err(PrivateError::NotPrivate { host }.into());
            }
            repositories.push(repository);
        }
        let folder = empty_folder(&self.host).unwrap_or_default();
        let config = self.git_config(&host).await.unwrap_or_default();
        let ssh = config.values("core.sshcommand").last();
        let ssh = host
            .vars
            .get_nonempty("GIT_SSH_COMMAND")
            .and_then(OsStr::to_str)
            .or(ssh);
        let mut report = CheckReport {
            repositories: Vec::new(),
            cancelled: false,
        };
        for repository in repositories {
            let address = repository.address.clone();
            observer.notify(CheckEvent::Asking {
                address: address.clone(),
            });
            let asking = check::ask(&host, &folder, ssh, &repository);
            let outcome = tokio::select! {
                outcome = asking => outcome,
                () = job.cancel.cancelled() => {
                    report.cancelled = true;
                    break;
                }
            };
            let checked = CheckedRepository { address, outcome };
            observer.notify(CheckEvent::Checked(checked.clone()));
            report.repositories.push(checked);
        }
        Ok(report)
    }

    /// The hosts that patterns name; those of a pattern for many are the ones that required modules are on.
    async fn private_hosts(&self, patterns: &str) -> Vec<String> {
        let (required, _) = self.required().await;
        let mut hosts = BTreeSet::new();
        for pattern in patterns.split(',') {
            let host = pattern.split('/').next().unwrap_or_default();
            match named::is_host(host) && !host.contains(['*', '?']) {
                true => drop(hosts.insert(host.to_owned())),
                false => {
                    let covered = required
                        .keys()
                        .filter(|module| glob::covers(pattern, module));
                    let covered = covered.filter_map(|module| module.split('/').next());
                    hosts.extend(covered.map(str::to_owned));
                }
            }
        }
        hosts.into_iter().collect()
    }

    /// Raw values as `host`, a terminal, has them: its variables, else what the file says, else what go does.
    async fn in_terminal(&self, names: &[&str], host: &Host) -> Result<Values, Error> {
        let mut values = self.reveal_all(names).await?;
        for name in names {
            if let Some(value) = host.var(name).and_then(OsStr::to_str) {
                values.insert((*name).to_owned(), value.to_owned());
            }
        }
        Ok(values)
    }

    /// This machine with the variables of a terminal.
    async fn terminal_host(&self) -> Host {
        let (_, outer) = self.environment_under(Scope::Places(&LISTS)).await;
        let mut host = self.host.clone();
        host.vars = outer.terminal(&self.host);
        host
    }

    /// What git is set to do wherever it stands.
    async fn git_config(&self, host: &Host) -> Option<GitConfig> {
        let folder = empty_folder(&self.host).ok()?;
        git::config(host, &host.vars, &folder).await
    }
}
