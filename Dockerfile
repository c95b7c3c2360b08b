# plimsoll in an image: no shell, no package manager, a user that is not root.
#   docker build --tag plimsoll .
#   docker run --rm --read-only --network none --volume "$PWD:/src:ro" plimsoll
# Where a shell is needed (GitLab's runner): --build-arg BASE=debian:trixie-slim
ARG BASE=gcr.io/distroless/cc-debian13:nonroot

FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      cmake g++ libcli11-dev libexpected-dev libfmt-dev libfyaml-dev libxxhash-dev mold ninja-build \
      nlohmann-json3-dev nodejs npm pkg-config \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /plimsoll
# The three libraries that the base image lacks. Their control files tell scanners what they are.
RUN apt-get update \
 && apt-get download libfmt10 libfyaml0 libxxhash0 \
 && mkdir -p /out/var/lib/dpkg/status.d \
 && for package in *.deb; do \
      dpkg-deb --extract "$package" /out \
      && dpkg-deb --field "$package" > "/out/var/lib/dpkg/status.d/${package%%_*}" || exit 1; \
    done \
 && rm -rf *.deb /var/lib/apt/lists/*
COPY CMakeLists.txt CMakePresets.json ./
COPY cmake cmake
COPY data data
COPY packaging/debian packaging/debian
COPY src src
COPY web web
RUN cmake --preset release -DPLIMSOLL_BENCH=OFF -DPLIMSOLL_ENGINE=OFF -DCMAKE_INSTALL_PREFIX=/usr \
 && cmake --build build/release --target plimsoll \
 && DESTDIR=/out cmake --install build/release --strip --component executable

FROM ${BASE}
LABEL org.opencontainers.image.title="plimsoll" \
      org.opencontainers.image.description="Finds and gates what is unsafe in container configuration" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /out /
WORKDIR /src
USER 65532:65532
ENTRYPOINT ["/usr/bin/plimsoll"]
CMD ["audit", "."]
