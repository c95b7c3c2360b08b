IMG=${IMG:-a/b}
OPTS="-it --rm -u 1"
for T in 1 2; do docker run $OPTS "$IMG:$T" "$@"; done
args=(--init)
args+=(-v "$PWD":/w)
docker run "${args[@]}" $IMG
