sh -c "for x in \"a\"; do b; done; case \"c\" in d) e;; esac; [[ \"f\" =~ g ]]"
