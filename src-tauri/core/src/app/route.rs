//! Where modules come from.

use super::App;
use crate::{
    chain::{Junction, List, Spec},
    environment::check::glob,
    error::{Error, Failure},
    module::{ModuleError, is_path},
    route::{
        Fallback, MatchRoute, Matched, Named, ParsedList, ParsedSource, ReadRoute, RouteAnswer,
        Setting, named, of,
    },
    secret::mask_text,
};

impl App {
    /// Where go gets each of these, by what a terminal uses now. Nobody is asked.
    ///
    /// # Errors
    /// The environment or the project cannot be read. What is no path is an answer.
    pub async fn route_read(&self, wish: ReadRoute) -> Result<Vec<RouteAnswer>, Error> {
        let present = self.present().await?;
        let value = |name| present.value(name);
        let (goproxy, gosumdb) = (value("GOPROXY"), value("GOSUMDB"));
        let (goprivate, gonoproxy) = (value("GOPRIVATE"), value("GONOPROXY"));
        let (gonosumdb, goinsecure) = (value("GONOSUMDB"), value("GOINSECURE"));
        let govcs = value("GOVCS");
        let setting = Setting {
            goproxy: &goproxy,
            gonoproxy: &gonoproxy,
            gonosumdb: &gonosumdb,
            goprivate: &goprivate,
            gosumdb: &gosumdb,
            goinsecure: &goinsecure,
            govcs: &govcs,
            os: self.host.os,
            go: present.version.as_ref(),
        };
        let mut targets: Vec<Named> = Vec::new();
        let alone = |text: String| Named { text, line: None };
        for text in &wish.targets {
            match named(text) {
                // what names nothing is asked for as it is, so that somebody says so
                none if none.is_empty() && !text.trim().is_empty() => {
                    targets.push(alone(text.clone()))
                }
                some => targets.extend(some),
            }
        }
        if let Some(project) = &wish.project {
            let required = self.project(project).await?.required();
            targets.extend(required.into_iter().map(alone));
        }
        let answers = targets.iter().map(|Named { text, line }| {
            let target = text.trim();
            let (path, version) = match target.split_once('@') {
                Some((path, version)) => (path, Some(version)),
                None => (target, None),
            };
            match is_path(path) {
                true => RouteAnswer::Route(Box::new(of(path, version, &setting))),
                false => {
                    let module = mask_text(target);
                    let failure = Failure::from(ModuleError::PathInvalid {
                        module: module.clone(),
                    });
                    RouteAnswer::Failed {
                        module,
                        line: *line,
                        failure,
                    }
                }
            }
        });
        Ok(answers.collect())
    }

    /// What Go makes of a value of GOPROXY, beside a value of GONOPROXY.
    pub fn route_parse(&self, goproxy: &str, gonoproxy: &str) -> ParsedList {
        let source = |spec: &Spec| ParsedSource {
            url: mask_text(&spec.url),
            fallback: match spec.next {
                Junction::OnMissing => Fallback::NotFoundOnly,
                Junction::OnAnyError => Fallback::AnyError,
            },
        };
        match List::parse(goproxy, gonoproxy, self.host.os, None) {
            Ok(list) => ParsedList {
                list: list.specs.iter().map(source).collect(),
                error: None,
            },
            Err(fault) => ParsedList {
                list: Vec::new(),
                error: Some(fault.to_string()),
            },
        }
    }

    /// Whether a list of patterns covers a path, by Go's rules.
    ///
    /// # Errors
    /// None today.
    pub async fn route_match(&self, wish: MatchRoute) -> Result<Matched, Error> {
        let pattern = glob::covering(&wish.patterns, &wish.target).map(str::to_owned);
        Ok(Matched {
            r#match: pattern.is_some(),
            pattern,
        })
    }
}
