#!/usr/bin/env -S bash -e
set -e
