#!/usr/bin/env bash
# Makes testdata/captures: TLS handshakes between OpenSSL's own server and client, as dumpcap sees them, and the
# certificates that they present. Everything happens in a network namespace of its own, so no real address is
# touched; keys are new each time and thrown away. Needs openssl 3, dumpcap, python3, ip and unshare.
# Run it again only to add a capture: the tests know names, numbers and alerts, but nothing random.
set -euo pipefail

if [[ ${1:-} != inside ]]; then
  exec unshare --map-root-user --net -- "$0" inside
fi

target=$(cd "$(dirname "$0")/.." && pwd)/testdata/captures
mkdir -p "$target"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

readonly server=192.0.2.10 client=198.51.100.20 server6=2001:db8::10 client6=2001:db8::20
ip link set lo mtu 1500 gso_max_segs 1 up
for address in $server $client; do ip address add $address/32 dev lo; done
for address in $server6 $client6; do ip address add $address/128 dev lo nodad; done

# ---- certificates ------------------------------------------------------------------------------------

cat >bare.conf <<'END'
[req]
distinguished_name = name
prompt = no
[name]
END

# certificate NAME SUBJECT ISSUER|self OPTIONS…: NAME.pem and NAME.key
certificate() {
  local name=$1 subject=$2 issuer=$3
  shift 3
  local signer=()
  [[ $issuer == self ]] || signer=(-CA "$issuer.pem" -CAkey "$issuer.key")
  openssl req -x509 -config bare.conf -noenc -days 3650 -subj "$subject" "${signer[@]}" \
    -keyout "$name.key" -out "$name.pem" "$@" 2>/dev/null
}
readonly rsa=(-newkey rsa:2048) ec=(-newkey ec -pkeyopt ec_paramgen_curve:P-256)
readonly ca=(-addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,cRLSign
  -addext subjectKeyIdentifier=hash)
for_name() { printf -- '-addext\nsubjectAltName=%s\n-addext\nextendedKeyUsage=%s\n' "$1" "$2"; }

certificate root "/O=Example/CN=Example Root CA" self "${rsa[@]}" "${ca[@]}"
certificate intermediate "/O=Example/CN=Example Issuing CA" root "${rsa[@]}" "${ca[@]}"
mapfile -t name < <(for_name DNS:cucm.example.com,DNS:*.phones.example.com serverAuth,clientAuth)
certificate leaf "/O=Example/CN=cucm.example.com" intermediate "${rsa[@]}" "${name[@]}"
mapfile -t name < <(for_name IP:$server serverAuth)
certificate address "/CN=cucm-by-address" intermediate "${rsa[@]}" "${name[@]}"
mapfile -t name < <(for_name DNS:self.example.com serverAuth)
certificate self "/CN=self.example.com" self "${rsa[@]}" "${name[@]}"
certificate stranger "/CN=Stranger CA" self "${rsa[@]}" "${ca[@]}"
certificate ecroot "/CN=Example EC Root CA" self "${ec[@]}" "${ca[@]}"
mapfile -t name < <(for_name DNS:ec.example.com serverAuth)
certificate ecleaf "/CN=ec.example.com" ecroot "${ec[@]}" "${name[@]}"
mapfile -t name < <(for_name DNS:pss.example.com serverAuth)
certificate pssleaf "/CN=pss.example.com" root "${rsa[@]}" "${name[@]}" \
  -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32
certificate client "/CN=phone.example.com" self "${rsa[@]}"
cat leaf.pem intermediate.pem >chain.pem
cat address.pem intermediate.pem >address_chain.pem
# The 1024-bit group of RFC 2409, as old servers have it.
cat >dh1024.conf <<'END'
asn1=SEQUENCE:group
[group]
prime=INTEGER:0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF
generator=INTEGER:2
END
openssl asn1parse -genconf dh1024.conf -noout -out dh1024.der
openssl dhparam -inform DER -in dh1024.der -out dh1024.pem 2>/dev/null

# ---- captures ----------------------------------------------------------------------------------------

# A server whose input ends closes the connection at once: give it one that stays open and silent.
mkfifo silence
exec 3<>silence

# capture NAME SERVER CLIENT: runs both commands under dumpcap. A refused handshake fails, as it should.
capture() {
  local name=$1 serve=$2 connect=$3
  dumpcap -q -P -i lo -f "tcp" -w "$name.pcap" 2>dumpcap.log &
  local dumpcap=$!
  until [[ -s $name.pcap ]]; do sleep 0.1; done
  sleep 0.3
  $serve <&3 >"$name.server.log" 2>&1 &
  local serving=$!
  until ss -ltn | grep -q ':8443 '; do sleep 0.1; done
  { sleep 0.4; echo Q; } | $connect >"$name.client.log" 2>&1 || true
  wait $serving || true
  sleep 0.5
  kill -INT $dumpcap
  wait $dumpcap || true
  install -m 644 "$name.pcap" "$target/$name.pcap"
}
s_server="openssl s_server -accept $server:8443 -naccept 1"
s_client="openssl s_client -connect $server:8443 -bind $client"
named="-servername cucm.example.com"
verify="-verify_return_error -CAfile"
chain="-cert leaf.pem -key leaf.key -cert_chain chain.pem"

capture tls12_completed "$s_server -tls1_2 $chain" "$s_client -tls1_2 $named"
capture tls12_self_signed_refused "$s_server -tls1_2 -cert self.pem -key self.key" \
  "$s_client -tls1_2 -servername self.example.com $verify stranger.pem"
capture tls12_no_intermediate "$s_server -tls1_2 -cert leaf.pem -key leaf.key" \
  "$s_client -tls1_2 $named $verify root.pem"
capture tls12_ecdsa "$s_server -tls1_2 -cert ecleaf.pem -key ecleaf.key -cert_chain ecroot.pem" \
  "$s_client -tls1_2 -servername ec.example.com"
capture tls12_pss "$s_server -tls1_2 -cert pssleaf.pem -key pssleaf.key -cert_chain root.pem" \
  "$s_client -tls1_2 -servername pss.example.com"
capture tls12_dhe_completed \
  "$s_server -tls1_2 $chain -dhparam dh1024.pem -cipher DHE-RSA-AES256-SHA:@SECLEVEL=0" \
  "$s_client -tls1_2 $named -cipher DHE-RSA-AES256-SHA:@SECLEVEL=0"
capture tls12_dhe_refused \
  "$s_server -tls1_2 $chain -dhparam dh1024.pem -cipher DHE-RSA-AES256-SHA:@SECLEVEL=0" \
  "$s_client -tls1_2 $named -cipher DHE-RSA-AES256-SHA:@SECLEVEL=2"
capture tls12_client_refused "$s_server -tls1_2 $chain -Verify 3 $verify root.pem" \
  "$s_client -tls1_2 $named -cert client.pem -key client.key"
capture tls12_by_address "$s_server -tls1_2 -cert address.pem -key address.key -cert_chain address_chain.pem" \
  "$s_client -tls1_2 -noservername"
capture tls13_completed "$s_server $chain -groups P-256" "$s_client $named -groups X25519:P-256"
capture tls13_refused "$s_server -cert self.pem -key self.key" \
  "$s_client -servername self.example.com $verify stranger.pem"
capture tls12_ipv6 "openssl s_server -accept [$server6]:8443 -naccept 1 -tls1_2 $chain" \
  "openssl s_client -connect [$server6]:8443 -bind [$client6] -tls1_2 $named"

# OpenSSL's server knows no STARTTLS.
cat >smtp.py <<END
import socket, ssl
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.maximum_version = ssl.TLSVersion.TLSv1_2
context.load_cert_chain("chain.pem", "leaf.key")
listening = socket.create_server(("$server", 8443))
peer, _ = listening.accept()
peer.sendall(b"220 mail.example.com ESMTP\r\n")
peer.recv(1000)
peer.sendall(b"250-mail.example.com\r\n250 STARTTLS\r\n")
peer.recv(1000)
peer.sendall(b"220 go ahead\r\n")
context.wrap_socket(peer, server_side=True).recv(1000)
END
capture tls12_smtp "python3 smtp.py" "$s_client -tls1_2 -starttls smtp $named"

# ---- what else the tests read: no private key --------------------------------------------------------

cp root.pem "$target/ca_root.pem"
cp chain.pem "$target/server_chain.pem"
cp pssleaf.pem "$target/pss.pem"
cp address.pem "$target/address.pem"
openssl x509 -in leaf.pem -outform DER -out "$target/leaf.der"
openssl crl2pkcs7 -nocrl -certfile chain.pem -out "$target/chain.p7b"
openssl crl2pkcs7 -nocrl -certfile chain.pem -outform DER -out "$target/chain.p7c"
