# Keeps a PostgreSQL of its own for tests: `sh -c SCRIPT postgres.sh BIN FOLDER`. It takes one word a line (start, stop, crash), answers each with a line,
# and leaves nothing behind when its input ends, which is how it learns that the tests are over, whatever ended them.
bin=$1 folder=$2 server=
trap '' INT HUP TERM

start() {
    "$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c max_connections=100 -c shared_buffers=128MB >>"$folder/log" 2>&1 </dev/null &
    server=$!
}

stop() {
    [ -n "$server" ] || return 0
    kill "-$1" "$server" 2>/dev/null
    wait "$server"
    server=
}

# All its processes at once, as a power cut would; stopped first, so that it starts no further ones.
crash() {
    [ -n "$server" ] || return 0
    kill -STOP "$server"
    for stat in /proc/[0-9]*/stat; do
        read -r line 2>/dev/null <"$stat" || continue
        set -- ${line##*) }
        process=${stat#/proc/}
        [ "$2" != "$server" ] || kill -KILL "${process%/stat}"
    done
    stop KILL
}

"$bin/initdb" -D "$folder/data" -U orchestra -A scram-sha-256 --pwfile "$folder/password" -E UTF8 --locale C --no-sync >>"$folder/log" 2>&1
while read -r word; do
    case $word in
        start) start ;;
        stop) stop INT ;;
        crash) crash ;;
    esac
    echo "$word"
done
stop QUIT
rm -rf "$folder"
