import { ApiProperty } from '@nestjs/swagger';
import { type Session } from './session.entity.js';

export class SessionDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What the browser says it is (its user agent).',
  })
  device!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Where the login came from.' })
  ip!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'To within five minutes.' })
  lastSeenAt!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty({ description: 'This very session.' })
  isCurrent!: boolean;

  static from(this: void, session: Session, currentId: string): SessionDto {
    return {
      id: session.id,
      device: session.userAgent,
      ip: session.ip,
      createdAt: session.createdAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
      expiresAt: session.expiresAt.toISOString(),
      isCurrent: session.id === currentId,
    };
  }
}

export class SessionListDto {
  @ApiProperty({ type: [SessionDto] })
  sessions!: SessionDto[];
}

export class EndedSessionsDto {
  @ApiProperty({ description: 'How many sessions were ended.' })
  ended!: number;
}
