package dev.bandmaster.app;

import dev.bandmaster.app.http.HostCheck;
import dev.bandmaster.app.http.api.ApiRoutes;
import dev.bandmaster.app.http.api.ApiSources;
import dev.bandmaster.app.http.facade.FacadeRoutes;
import dev.bandmaster.app.http.facade.FacadeSources;
import dev.bandmaster.config.ApiConfig;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.RateLimiter;
import dev.bandmaster.engine.api.ApiAuthentication;
import dev.bandmaster.engine.api.ApiCommands;
import dev.bandmaster.engine.api.ApiConversations;
import dev.bandmaster.engine.api.ApiSecrets;
import dev.bandmaster.engine.api.OneTimeMessages;
import dev.bandmaster.engine.api.ServicePeople;
import dev.bandmaster.engine.commands.tokens.TokenCommand;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandRegistry;
import dev.bandmaster.model.NodeDescription;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The API for programs, and the tokens with which people use it; nothing without its section. */
final class ApiModule {

  /** How long a request waits for its decision: less than a server's usual minute. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Optional<ApiConfig> config;
  private final String bind;
  private final StoreModule stores;
  private final OneTimeMessages secrets;
  private final ApiConversations conversations;

  ApiModule(BotConfig config, StoreModule stores) {
    this.config = config.api();
    this.bind = config.web().bind();
    this.stores = stores;
    this.secrets = new OneTimeMessages(stores.clock());
    this.conversations = new ApiConversations(this.config.flatMap(ApiConfig::channel));
  }

  /** The services that the policy may name. */
  ServicePeople services() {
    return new ServicePeople(config.map(api -> api.services().keySet()).orElse(Set.of()));
  }

  /** The commands about it. */
  List<Command> commands() {
    return config
        .map(_ ->
            List.of(
                TokenCommand.of(
                    stores.store(), secrets, new SecureRandom()::nextBytes, stores.clock())))
        .orElse(List.of());
  }

  /** Messages that show a token once. */
  OneTimeMessages secrets() {
    return secrets;
  }

  /** A way to the chat that knows what is not for the chat. */
  Chat before(Chat chat) {
    return conversations.before(secrets.before(chat));
  }

  RateLimiter before(RateLimiter limits) {
    return conversations.before(limits);
  }

  /** What is served. */
  Optional<ApiRoutes> routes(
      IntakeModule intake, FleetModule fleet, CommandRegistry registry, JobModule jobs) {
    return config.map(api ->
        new ApiRoutes(
            new ApiSources(
                hosts(api),
                api.perMinute(),
                new ApiAuthentication(services(api), stores.store(), stores.clock()),
                commands(intake, jobs),
                registry,
                stores.store(),
                jobs.freezes(),
                fleet.presence()::nodes,
                jobs.notifier()::picture,
                AuditExport::jsonLine,
                stores.clock())));
  }

  /** The bootstrapper's API, if it is served. */
  Optional<FacadeRoutes> facade(
      IntakeModule intake, FleetModule fleet, CommandRegistry registry, JobModule jobs) {
    return config.flatMap(api ->
        api.facade()
            .map(facade ->
                new FacadeRoutes(
                    new FacadeSources(
                        facade,
                        new HostCheck(hosts(api)),
                        api.perMinute(),
                        new ApiAuthentication(services(api), stores.store(), stores.clock()),
                        commands(intake, jobs),
                        registry,
                        fleet.catalogue(),
                        stores.store(),
                        node -> fleet.presence().description(node).map(NodeDescription::env),
                        () -> UUID.randomUUID().toString(),
                        stores.clock()))));
  }

  private ApiCommands commands(IntakeModule intake, JobModule jobs) {
    return new ApiCommands(
        stores.store(),
        intake.inbox(),
        intake.pipeline(),
        jobs.notifier()::picture,
        PATIENCE,
        stores.clock());
  }

  private Set<String> hosts(ApiConfig api) {
    Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    hosts.add(bind.toLowerCase(Locale.ROOT));
    hosts.addAll(api.hosts());
    return hosts;
  }

  private static Map<String, String> services(ApiConfig api) {
    Map<String, String> byHash = new HashMap<>();
    api.services().forEach((name, secret) -> byHash.put(ApiSecrets.hash(secret.reveal()), name));
    return byHash;
  }
}
