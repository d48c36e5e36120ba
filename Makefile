# Two commands are all one needs: `make run` opens the window, `make test` runs everything CI runs.
# Both install what is missing first, and are quick when nothing is.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test build ui lint bindings bench screenshots setup-run setup-test

TARGET := $(or $(CARGO_TARGET_DIR),target)
# what setup installed for this user or this folder; what was there before goes first
export PATH := $(PATH):$(HOME)/.cargo/bin:$(abspath $(TARGET))/node/bin

help: ## say what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: build ## build the program and open its window
	@.ci/open $(TARGET)/release/gopherdesk

test: setup-test ## everything CI runs; ends with a line "N passed, N failed"
	@.ci/test

build: setup-run ui ## build the window and gdesk in their release configuration
	cargo build --release --locked -p gopherdesk -p gopherdesk-cli --features gopherdesk/custom-protocol

ui: setup-run
	npm --prefix ui run build

lint: setup-run ## formatting, lints, types
	@.ci/test lint

bindings: setup-run ## regenerate the TypeScript definitions of the bridge
	cargo bindings

bench: build setup-test ## print how fast the programs are, against what they wrap
	@.ci/fetch-go $(TARGET)/go
	cargo bench --locked -p gopherdesk-cli --bench terminal
	cargo bench --locked -p gopherdesk-core --bench mirrors --features testing
	cargo bench --locked -p gopherdesk-core --bench caches --features testing -- large
	cargo build --release --locked -p gopherdesk -p gopherdesk-cli --bin bare --features gopherdesk/custom-protocol,gopherdesk/bare
	@# it measures what was built above; its own profile is the tests', so that it builds no second window
	cargo bench --locked --profile dev -p gopherdesk --bench window

screenshots: build setup-test ## every page, in both languages and themes, into target/screenshots
	@.ci/test screenshots

setup-run: ## install what a build needs
	@.ci/setup run

setup-test: ## install what the tests need
	@.ci/setup test
