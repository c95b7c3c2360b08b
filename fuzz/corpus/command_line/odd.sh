docker run --brand-new 1 -x -itp 80:80/udp -p '[::1]:1:2' -p 127.0.0.1::3 -e=A=b --privileged=maybe -- x ${A?b:c} $'q\n' $"r" \
 y
