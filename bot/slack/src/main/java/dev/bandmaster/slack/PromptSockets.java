package dev.bandmaster.slack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets that send what they are given at once. By default the system keeps a short message back
 * until the one before it was confirmed, and the other side's system takes its time to confirm:
 * each acknowledgement would wait for the next event, up to 40 ms.
 */
final class PromptSockets extends SocketFactory {
  private final SocketFactory plain = SocketFactory.getDefault();

  private static Socket prompt(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket() throws IOException {
    return prompt(plain.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prompt(plain.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return prompt(plain.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return prompt(plain.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return prompt(plain.createSocket(host, port, local, localPort));
  }
}
