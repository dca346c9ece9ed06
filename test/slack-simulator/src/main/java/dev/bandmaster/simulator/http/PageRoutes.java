package dev.bandmaster.simulator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.page.SideAction;
import dev.bandmaster.simulator.world.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The page's own files, its live feed and the side actions. */
final class PageRoutes {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private static final List<String> ASSETS =
      List.of("page.css", "page.js", "mrkdwn.js", "blocks.js", "dialogs.js", "dom.js", "icon.svg");

  /** Nothing from elsewhere runs on the page; only pictures may come from other hosts. */
  private static final String SECURITY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data: http: https:; frame-ancestors 'self'; base-uri 'none'";

  private final Feed feed;
  private final Furniture furniture;
  private final String sideTitle;
  private final List<SideAction> sidePanel;
  private final List<String> suggestions;

  PageRoutes(
      Feed feed,
      Furniture furniture,
      String sideTitle,
      List<SideAction> sidePanel,
      List<String> suggestions) {
    this.suggestions = suggestions;
    this.feed = feed;
    this.furniture = furniture;
    this.sideTitle = sideTitle;
    this.sidePanel = sidePanel;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/", context -> asset(context, "index.html"));
    for (String name : ASSETS) {
      routes.get("/page/" + name, context -> asset(context, name));
    }
    ControlRoutes.get(routes, "workspace", _ -> furniture.json());
    ControlRoutes.get(routes, "side", _ -> side());
    routes.post("/_sim/side/{id}", this::act);
    routes.sse("/_sim/feed", feed::serve);
  }

  private static void asset(Context context, String name) throws IOException {
    try (InputStream content = PageRoutes.class.getResourceAsStream("/slack-simulator/" + name)) {
      if (content == null) {
        context.status(404).result("The page resource is missing.");
        return;
      }
      context.header("Cache-Control", "no-cache");
      context.header("Content-Security-Policy", SECURITY);
      context.header("X-Content-Type-Options", "nosniff");
      String ending = name.substring(name.lastIndexOf('.') + 1);
      context.contentType(TYPES.getOrDefault(ending, "text/plain")).result(content.readAllBytes());
    }
  }

  private ObjectNode side() {
    ObjectNode side = Json.object().put("title", sideTitle);
    ArrayNode actions = side.putArray("actions");
    for (SideAction action : sidePanel) {
      actions
          .addObject()
          .put("id", action.id())
          .put("label", action.label().get())
          .put("state", action.state().get());
    }
    suggestions.forEach(side.putArray("suggestions")::add);
    return side;
  }

  private void act(Context context) {
    String id = context.pathParam("id");
    SideAction action =
        sidePanel.stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("There is no side action '" + id + "'."));
    Thread.ofVirtual().name("side-action-" + id).start(action.action());
    ControlRoutes.answer(context, Json.object().put("ok", true));
  }
}
