bash -o pipefail -c "wget -qO- x | tar \"-xz\""; su - app -c 'cd /srv && make'; eval "$(brew env)" 'x=1'; sh -c 'sh -c "a b"'
