if x; then I=a; elif y; then I=b; else I=c; docker run $I; fi
case $1 in a) I=d;; b) docker run "$I";; esac
f() { local J=e; docker run $J; }
