import java.io.FileInputStream;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Serves one connection as Java does: ADDRESS PORT KEYS.p12 TRUSTED.pem PROTOCOL need|ask-nothing. */
public class TlsServer {
  public static void main(String[] words) throws Exception {
    char[] password = "secret".toCharArray();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(new FileInputStream(words[2]), password);
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, password);
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null);
    trusted.setCertificateEntry(
        "ca", CertificateFactory.getInstance("X.509").generateCertificate(new FileInputStream(words[3])));
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    InetAddress address = InetAddress.getByName(words[0]);
    try (SSLServerSocket listening = (SSLServerSocket) context.getServerSocketFactory()
            .createServerSocket(Integer.parseInt(words[1]), 1, address)) {
      listening.setEnabledProtocols(new String[] {words[4]});
      listening.setNeedClientAuth(words[5].equals("need"));
      try (SSLSocket socket = (SSLSocket) listening.accept()) {
        socket.startHandshake();
        socket.getInputStream().read(new byte[100]);
      }
    }
  }
}
