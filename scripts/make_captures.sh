#!/usr/bin/env bash
# Makes testdata/captures: TLS handshakes between real programs (OpenSSL's server and client, Java's client, curl,
# Python's server), as dumpcap sees them, the certificates that they present, and the same captures in other
# forms and damaged (derive_captures.py). Everything happens in a network namespace of its own, so no real
# address is touched; keys are new each time and thrown away. Takes two minutes.
# Needs openssl 3, dumpcap, python3, curl, java 11 or later, ip, ss and unshare.
# Run it again only to add a capture: the tests know names, numbers and alerts, but nothing random.
set -euo pipefail

if [[ ${1:-} != inside ]]; then
  exec unshare --map-root-user --net -- "$0" inside
fi

for tool in openssl dumpcap python3 curl java keytool ip ss; do
  command -v $tool >/dev/null || { echo "make_captures.sh needs $tool" >&2; exit 2; }
done
scripts=$(cd "$(dirname "$0")" && pwd)
target=$scripts/../testdata/captures
mkdir -p "$target"
export OPENSSL_CONF=/dev/null  # what a distribution forbids is wanted here
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
mapfile -t name < <(for_name DNS:known.example.com clientAuth)
certificate known "/CN=known.example.com" root "${rsa[@]}" "${name[@]}"
mapfile -t name < <(for_name DNS:ed.example.com serverAuth)
certificate edleaf "/CN=ed.example.com" root -newkey ed25519 "${name[@]}"
mapfile -t name < <(for_name DNS:psskey.example.com serverAuth)
certificate psskey "/CN=psskey.example.com" root -newkey rsa-pss -pkeyopt rsa_keygen_bits:2048 "${name[@]}"
# "openssl req" knows no dates; "openssl ca" does.
openssl req -config bare.conf -new -noenc -newkey rsa:2048 -subj /CN=expired.example.com -keyout expired.key \
  -out expired.csr 2>/dev/null
printf '[ca]\ndefault_ca=any\n[any]\ndatabase=index.txt\nserial=serial.txt\nnew_certs_dir=.\npolicy=any_name\n[any_name]\ncommonName=supplied\n[authority]\nbasicConstraints=critical,CA:true\n' >ca.conf
: >index.txt; echo 1000 >serial.txt
openssl ca -batch -config ca.conf -cert root.pem -keyfile root.key -md sha256 -notext \
  -startdate 20200101000000Z -enddate 20210101000000Z -in expired.csr -out expired.pem 2>/dev/null
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

# Twice the same client; the second time with the session of the first.
cat >resume.sh <<'END'
{ sleep 0.5; echo Q; } | "$@" -sess_out session.pem
{ sleep 0.5; echo Q; } | "$@" -sess_in session.pem
END

# A client that says goodbye as soon as it may.
echo 'exec "$@" </dev/null' >leave.sh

# capture NAME SERVER CLIENT: runs both commands under dumpcap. A refused handshake fails, as it should.
capture() {
  local name=$1 serve=$2 connect=$3
  dumpcap -q -P -i lo -f "tcp" -a duration:30 -c 400 -w "$name.pcap" 2>dumpcap.log &
  local dumpcap=$!
  until [[ -s $name.pcap ]]; do sleep 0.1; done
  sleep 0.3
  timeout 20 $serve <&3 >"$name.server.log" 2>&1 &
  local serving=$!
  until ss -ltn | grep -q ':8443 '; do sleep 0.1; done
  { sleep 0.4; echo Q; } | timeout 15 $connect >"$name.client.log" 2>&1 || true
  wait $serving || true  # a server that waits for ever is ended by its time
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

# ---- versions, keys and client certificates
old="-cipher DEFAULT:@SECLEVEL=0"
capture tls10_completed "$s_server -tls1 $chain $old" "$s_client -tls1 $named $old"
capture tls11_completed "$s_server -tls1_1 $chain $old" "$s_client -tls1_1 $named $old"
capture tls12_ed25519 "$s_server -tls1_2 -cert edleaf.pem -key edleaf.key -cert_chain root.pem" \
  "$s_client -tls1_2 -servername ed.example.com"
capture tls12_pss_key "$s_server -tls1_2 -cert psskey.pem -key psskey.key" \
  "$s_client -tls1_2 -servername psskey.example.com"
capture tls12_client_accepted "$s_server -tls1_2 $chain -Verify 3 $verify root.pem" \
  "$s_client -tls1_2 $named -cert known.pem -key known.key"
capture tls12_client_without "$s_server -tls1_2 $chain -Verify 3 $verify root.pem" "$s_client -tls1_2 $named"
capture tls12_client_need_not "$s_server -tls1_2 $chain -verify 3 -CAfile root.pem" "$s_client -tls1_2 $named"
capture tls12_expired "$s_server -tls1_2 -cert expired.pem -key expired.key" \
  "$s_client -tls1_2 -servername expired.example.com $verify root.pem"
capture tls12_no_shared_cipher "$s_server -tls1_2 $chain -cipher AES256-SHA" \
  "$s_client -tls1_2 $named -cipher ECDHE-RSA-AES128-GCM-SHA256"
capture tls12_version_refused "$s_server -tls1_2 $chain" "$s_client -tls1_1 $named $old"
capture tls12_small_records "$s_server -tls1_2 $chain -max_send_frag 512" "$s_client -tls1_2 $named"
capture tls12_resumed "${s_server/naccept 1/naccept 2} -tls1_2 $chain" "bash resume.sh $s_client -tls1_2 $named"
capture tls13_client_accepted "$s_server $chain -Verify 3 $verify root.pem" \
  "$s_client $named -cert known.pem -key known.key"
capture tls13_client_without "$s_server $chain -Verify 3 $verify root.pem" "$s_client $named"
capture tls13_no_tickets "$s_server $chain -ciphersuites TLS_CHACHA20_POLY1305_SHA256 -num_tickets 0" \
  "$s_client $named"
capture tls13_padded_refused "$s_server $chain -Verify 3 $verify root.pem -record_padding 256" \
  "$s_client $named -record_padding 256"
for who in refused:client accepted:known; do
  capture tls13_goodbye_${who%:*} "$s_server $chain -Verify 3 $verify root.pem -num_tickets 0" \
    "bash leave.sh $s_client $named -cert ${who#*:}.pem -key ${who#*:}.key"
done

# ---- other clients
for_curl() { echo "curl -sS --http1.1 --cacert root.pem --resolve $1:8443:$server https://$1:8443/"; }
capture curl_tls12 "$s_server -www -tls1_2 $chain" "$(for_curl cucm.example.com)"
capture curl_wrong_name "$s_server -www -tls1_2 $chain" "$(for_curl other.example.com)"
java="java $scripts/TlsClient.java $server 8443"
capture java_tls12_refused "$s_server -tls1_2 $chain" "$java self.pem cucm.example.com TLSv1.2"
capture java_tls13_refused "$s_server $chain" "$java self.pem cucm.example.com TLSv1.3"
capture java_tls13_completed "$s_server $chain" "$java root.pem cucm.example.com TLSv1.3"
openssl pkcs12 -export -in chain.pem -inkey leaf.key -out leaf.p12 -passout pass:secret
openssl pkcs12 -export -in ecleaf.pem -inkey ecleaf.key -out ecleaf.p12 -passout pass:secret
java_server="java -Djava.net.preferIPv4Stack=true $scripts/TlsServer.java $server 8443"
trusting="root.pem TLSv1.3"
capture java_server_tls13_refused "$java_server leaf.p12 $trusting need" "$java root.pem cucm.example.com TLSv1.3"
capture java_server_tls13_completed "$java_server leaf.p12 $trusting ask-nothing" \
  "$java root.pem cucm.example.com TLSv1.3"
capture java_server_tls13_no_key "$java_server ecleaf.p12 $trusting ask-nothing" \
  "$s_client $named -sigalgs RSA-PSS+SHA256:RSA+SHA256"
capture java_old_hello "$s_server -tls1_2 $chain" "$java root.pem cucm.example.com SSLv2Hello,TLSv1.2"

# ---- behind a plain conversation, and cut
plain="python3 $scripts/plain_server.py $server 8443 chain.pem leaf.key"
capture tls12_smtp "$plain smtp" "$s_client -tls1_2 -starttls smtp $named"
capture tls12_imap "$plain imap" "$s_client -tls1_2 -starttls imap $named"
capture tls12_xmpp "$plain xmpp" "$s_client -tls1_2 -starttls xmpp -xmpphost example.com $named"
capture tls12_connect "$plain connect" \
  "openssl s_client -proxy $server:8443 -connect cucm.example.com:443 -tls1_2 $named"
capture tls12_cut "$plain cut" "$s_client -tls1_2 $named"
capture tls12_reset "$plain reset" "$s_client -tls1_2 $named"

# ---- the same in other forms, and damaged
python3 "$scripts/derive_captures.py" "$target"

# ---- what else the tests read: no private key --------------------------------------------------------

certificate other "/CN=Same Name" self "${rsa[@]}" "${ca[@]}"
certificate same_names "/CN=Same Name" other -newkey ed25519
# The directory name of a SAN is a section of a configuration.
cat >names.conf <<'END'
[req]
distinguished_name = name
prompt = no
[name]
[names]
subjectAltName = DNS:a.example.com,IP:2001:db8::10,email:a@example.com,URI:sip:a@example.com,dirName:folder,RID:1.2.3.4
[folder]
CN = a directory
END
openssl req -x509 -config names.conf -extensions names -noenc -days 3650 -newkey ed25519 -keyout names.key \
  -utf8 -multivalue-rdn -subj '/C=DE/OU=one+OU=two/CN=Jörg, "x"' -addext basicConstraints=CA:true,pathlen:3 \
  -addext extendedKeyUsage=emailProtection,1.2.3.4.5 -out names.pem 2>/dev/null
# An authority that two roots have signed, of which one has expired.
certificate crossed_new "/CN=Example New Root CA" self "${ec[@]}" "${ca[@]}"
openssl req -config bare.conf -new -noenc "${ec[@]}" -subj "/CN=Example Old Root CA" \
  -addext basicConstraints=critical,CA:true -keyout crossed_old.key -out crossed_old.csr 2>/dev/null
openssl ca -batch -selfsign -config ca.conf -keyfile crossed_old.key -md sha256 -notext -extensions authority \
  -startdate 20110101000000Z -enddate 20210101000000Z -in crossed_old.csr -out crossed_old.pem 2>/dev/null
certificate crossed_by_old "/CN=Example Crossed CA" crossed_old "${ec[@]}" "${ca[@]}"
openssl req -x509 -config bare.conf -days 3650 -subj "/CN=Example Crossed CA" -key crossed_by_old.key "${ca[@]}" \
  -CA crossed_new.pem -CAkey crossed_new.key -out crossed_by_new.pem
certificate crossed_leaf "/CN=crossed.example.com" crossed_by_old "${ec[@]}"
cat crossed_{leaf,by_old,old,by_new,new}.pem >"$target/crossed.pem"
cp root.pem "$target/ca_root.pem"
cp same_names.pem names.pem "$target/"
cp chain.pem "$target/server_chain.pem"
cp pssleaf.pem "$target/pss.pem"
cp address.pem "$target/address.pem"
openssl x509 -in leaf.pem -outform DER -out "$target/leaf.der"
openssl crl2pkcs7 -nocrl -certfile chain.pem -out "$target/chain.p7b"
openssl crl2pkcs7 -nocrl -certfile chain.pem -outform DER -out "$target/chain.p7c"
for form in JKS:jks PKCS12:p12; do
  rm -f trust.store
  for one in root intermediate; do
    keytool -importcert -noprompt -storetype ${form%:*} -keystore trust.store -storepass changeit -alias $one \
      -file $one.pem 2>/dev/null
  done
  cp trust.store "$target/trust.${form#*:}"
done
