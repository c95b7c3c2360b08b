if ! a; then b; elif c; then d; else e; fi > log
for x in 1 2 "$3"; do f $x; done; while read -r l; do g; done < in; until h; do i; done &
case "$y" in (a|b*) j;; "c d") k ;& *) l;; esac; { m; n; } && ( o || p )
f() { q; }; function g { r; }; for ((i=0;i<3;i++)); do s; done; select t in u; do v; done
