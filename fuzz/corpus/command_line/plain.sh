#!/bin/bash
set -e
TAG=1.25
docker run -d --name web -p 8080:80 --read-only nginx:$TAG
