package dev.bandmaster.simulator.http;

import dev.bandmaster.simulator.workspace.Bot;
import dev.bandmaster.simulator.world.Content;
import dev.bandmaster.simulator.world.Files;
import dev.bandmaster.simulator.world.StoredFile;
import dev.bandmaster.simulator.world.StoredFile.Stage;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The bytes of files, in and out. */
final class FileRoutes {
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");

  private final Files files;
  private final Bot bot;

  FileRoutes(Files files, Bot bot) {
    this.files = files;
    this.bot = bot;
  }

  void addTo(RoutesConfig routes) {
    routes.post("/upload/v1/{id}", this::upload);
    routes.get("/files-pri/{name}/content", this::forTheApp);
    routes.get("/_sim/files/{id}", context -> send(context, context.pathParam("id")));
  }

  private void upload(Context context) throws IOException {
    Optional<StoredFile> file = files.find(context.pathParam("id"));
    if (file.isEmpty() || file.get().stage() != Stage.ANNOUNCED) {
      context.status(404).result("This upload address is unknown or was used before.");
      return;
    }
    byte[] bytes = bytes(context);
    int announced = file.get().announced();
    if (bytes.length != announced) {
      context
          .status(400)
          .result(
              "The file has "
                  + bytes.length
                  + " bytes, but the announced size is "
                  + announced
                  + ".");
      return;
    }
    files.put(file.get().withContent(new Content(bytes)));
    context.result("OK - " + bytes.length);
  }

  private static byte[] bytes(Context context) throws IOException {
    if (!context.isMultipartFormData()) {
      return context.bodyAsBytes();
    }
    List<UploadedFile> parts = context.uploadedFiles();
    if (parts.isEmpty()) {
      return new byte[0];
    }
    try (InputStream content = parts.getFirst().content()) {
      return content.readAllBytes();
    }
  }

  private void forTheApp(Context context) {
    String name = context.pathParam("name");
    if (!("Bearer " + bot.botToken()).equals(context.header("Authorization"))) {
      context
          .status(403)
          .result("Downloading a file requires the bot token in the Authorization header.");
      return;
    }
    send(context, name.substring(name.indexOf('-') + 1));
  }

  private void send(Context context, String id) {
    Optional<StoredFile> file = files.find(id);
    if (file.isEmpty()) {
      context.status(404).result("There is no file with this id.");
      return;
    }
    String safeName = UNSAFE.matcher(file.get().name()).replaceAll("_");
    context.header("Content-Disposition", "inline; filename=\"" + safeName + "\"");
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Content-Security-Policy", "sandbox");
    context
        .contentType(file.get().mimeType() + "; charset=utf-8")
        .result(file.get().content().bytes());
  }
}
