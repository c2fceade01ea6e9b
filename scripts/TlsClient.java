import java.io.FileInputStream;
import java.net.SocketTimeoutException;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Connects once as Java does: ADDRESS PORT TRUSTED.pem NAME PROTOCOL[,PROTOCOL]. */
public class TlsClient {
  public static void main(String[] words) throws Exception {
    Security.setProperty("jdk.tls.disabledAlgorithms", "");
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null);
    trusted.setCertificateEntry(
        "ca", CertificateFactory.getInstance("X.509").generateCertificate(new FileInputStream(words[2])));
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(words[0], Integer.parseInt(words[1]))) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(words[3])));
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(words[4].split(","));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      // Two bytes would have the size of an alert. Then the server may refuse, however busy it is.
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes());
      socket.setSoTimeout(2000);
      try {
        socket.getInputStream().read();
      } catch (SocketTimeoutException silent) {
        // It has nothing to say.
      }
    }
  }
}
