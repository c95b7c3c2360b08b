a'b'"c"\d $'e\n\x41\u00e9\'f' $"g" "h\$i\`j\"k\\l\m" '' "" \# x#y # comment 'not closed
