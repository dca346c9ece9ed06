package dev.bandmaster.simulator.http;

import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** The TCP connections under requests. */
final class Connections {
  private Connections() {}

  /** Closes the connection under a request without a word. */
  static void close(HttpServletRequest request) {
    ServletContextRequest.getServletContextRequest(request)
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close();
  }
}
