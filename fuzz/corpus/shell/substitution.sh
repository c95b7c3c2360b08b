x=$(uname -m | sed "s/x/$(y "z")/"); echo `a \`b\` "\$c"` "`d \"e\"`" <(f) >(g) "$(h "$(i)")"
