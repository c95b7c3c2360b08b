docker run -d --user 1000:1000 --cap-drop ALL --cap-add NET_BIND_SERVICE \
  --security-opt no-new-privileges --tmpfs /tmp:size=16m,noexec --pids-limit 64 -m 256m --cpus 0.5 \
  --health-cmd "wget -q localhost" --log-opt max-size=1m --restart on-failure:3 app@sha256:ab
