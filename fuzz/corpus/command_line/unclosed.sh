docker run "a $(b ${c `d
