a=(1 "$b" $(c)
 d # e
) ; declare -A f=([g]=h); i+=j k[0]=l m; rm !(n|o) ?(p)q @(r)
