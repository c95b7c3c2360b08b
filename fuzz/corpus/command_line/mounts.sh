docker create --mount 'type=bind,src=/a,dst=/b,readonly,bind-propagation=rslave' --mount type=tmpfs,dst=/t \
 --mount 'type=volume,dst=/v,"volume-opt=o=addr=h,rw"' -v 'C:\x:/y' --volumes-from db:ro --env-file .env -e A -e B=$B x
