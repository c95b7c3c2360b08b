$DOCKER run a; ${CONTAINER_ENGINE:-docker} --log-level debug run b; docker -H tcp://h container run c; docker compose run d
RUN="docker run --rm"; $RUN e
