cat <<EOF >a <<-"B C" && x
$(curl y)
not EOF\
EOF
EOF
	raw $(z)
	B C
after
