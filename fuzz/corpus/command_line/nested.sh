bash -c 'docker run "a b" $X' && id=$(docker run -d `cat image`) || echo "docker run y"
cat <<E
docker run z
E
