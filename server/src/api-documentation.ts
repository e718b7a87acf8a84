import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { HealthReportDto } from './health/health.module.js';
import { LUMEN_VERSION } from './infrastructure/version.js';

/** The description of every route, from which the client's types are made. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('Lumen')
    .setDescription(
      'AI portal and gateway: the OpenAI-compatible API and what the web client uses.',
    )
    .setVersion(LUMEN_VERSION)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key, sk_…' })
    .addCookieAuth('lumen_session')
    .build();
  const document = SwaggerModule.createDocument(app, description, {
    extraModels: [HealthReportDto],
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '')}_${method}`,
  });
  return withoutWildcards(document);
}

/** A route that ends in `*` is described by its named parameter; the star itself is no name. */
function withoutWildcards(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post]) {
      if (!operation?.parameters) continue;
      operation.parameters = operation.parameters.filter(
        (parameter) => !('name' in parameter) || parameter.name !== '*',
      );
    }
  }
  return document;
}

/**
 * Swagger UI at `/docs`, the document itself at `/docs-json`. It begins with its sections: of so many
 * operations at once it would draw only those in sight, which a browser's search does not find.
 */
export function serveApiDocumentation(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    customSiteTitle: 'Lumen API',
    swaggerOptions: { docExpansion: 'none' },
  });
}
