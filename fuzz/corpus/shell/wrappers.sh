sudo -u root -E X=1 env -i Y=2 nice -n 5 timeout -s KILL 10 xargs -n1 -I {} gosu app busybox sh -c 'z'; command -v q; exec "$@"
